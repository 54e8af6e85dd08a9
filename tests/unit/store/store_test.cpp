#include "store/store.hpp"

#include "fixture.hpp"
#include "store/log_reader.hpp"

#include <gmock/gmock.h>

namespace pw::store {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::SizeIs;

TEST_F(StoreTest, FreshStoreHoldsNothing) {
  open();
  const Counts counts = store_->counts().value();
  EXPECT_EQ(counts.articles, 0u);
  EXPECT_EQ(counts.alerts, 0u);
  EXPECT_EQ(counts.head, 0u);
  EXPECT_EQ(store_->published_seq(), 0u);
  EXPECT_NE(store_->log_id(), Id{});
  EXPECT_TRUE(store_->load_sources()->empty());
  EXPECT_FALSE(known_item("one"));
}

TEST_F(StoreTest, AnAlertIdIsLoggedOnceAndTakesNoNumber) {
  open();
  ASSERT_TRUE(submit(batch("one", {alert("a", "1")})));
  const auto again = submit(batch("one", {alert("a", "1"), alert("a", "2")}));
  ASSERT_TRUE(again);
  ASSERT_THAT(again->alerts, SizeIs(1));
  EXPECT_EQ(again->alerts[0].seq, 2u);
  EXPECT_EQ(again->alerts[0].cseq, 2u);
  EXPECT_EQ(store_->counts()->alerts, 2u);
}

TEST_F(StoreTest, CommitsAreMeasured) {
  open();
  ASSERT_TRUE(submit(batch("one")));
  ASSERT_TRUE(submit(batch("two")));
  const StoreStats stats = store_->stats();
  EXPECT_EQ(stats.commits.total(), 2U);
  EXPECT_GT(stats.commits.seconds, 0);
  EXPECT_EQ(stats.queued, 0U);
}

TEST_F(StoreTest, ReopeningKeepsEverything) {
  SourceState state{"wire", "cursor-7", clock_.now(), clock_.now() - Milliseconds{5}, 3, "failing", "why", 60'000,
                    12,     4};
  state.since = clock_.now() - Milliseconds{9};
  state.polls = 30;
  state.not_modified = 20;
  state.failed = 5;
  state.listed = 7;
  state.moved_from = "https://old.example/";
  state.moved_to = "https://news.example/";
  state.moved_seen = 2;
  state.pace_ms = 3'600'000;
  state.skip_hours = 5;
  state.last_item = clock_.now() - Milliseconds{3};
  state.rhythm = std::string("\1\0\xff", 3);
  state.skip_days = 6;
  state.gap_ms = 1'200'000;
  state.idle_visits = 4;
  const RequestState request{derive_id({"feed"}),        "\"tag\"",   "Tue, 14 Nov 2023 22:13:20 GMT",
                             "https://cdn.example/feed", "next page", clock_.now()};
  const Subscription subscription{"wire", "https://news.example/feed", "https://hub.example/", "t", "s", clock_.now()};
  open();
  const Id log = store_->log_id();
  Batch made = batch("one", {alert("a", "1", R"({"k":"ü"})")});
  made.source_state = state;
  made.requests = SourceRequests{"wire", derive_id({"options"}), {request}};
  made.items[0].marks.etag = "\"page\"";
  made.subscription = subscription;
  ASSERT_TRUE(submit(made));
  store_->set_published(1);
  open();
  EXPECT_EQ(store_->log_id(), log);
  EXPECT_EQ(store_->published_seq(), 1u);
  EXPECT_THAT(store_->load_sources().value(), ElementsAre(state));
  EXPECT_THAT(store_->load_requests("wire", derive_id({"options"})).value(), ElementsAre(request));
  EXPECT_THAT(store_->load_subscriptions().value(), ElementsAre(subscription));
  const auto known = known_item("one");
  ASSERT_TRUE(known);
  EXPECT_EQ(known->content, made.items[0].content);
  EXPECT_EQ(known->first_seen, clock_.now());
  EXPECT_EQ(known->marks, made.items[0].marks);
  const auto next = submit(batch("two", {alert("a", "2")}));
  ASSERT_TRUE(next);
  EXPECT_EQ(next->alerts.at(0).seq, 2u);
  EXPECT_EQ(next->alerts.at(0).cseq, 2u);
}

TEST_F(StoreTest, SubmitsAfterCloseAreCancelled) {
  open();
  auto kept = submit_later(batch("one", {alert("a", "1")}));
  store_->close();
  EXPECT_TRUE(kept.get());
  const auto late = submit(batch("two"));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().code, Errc::cancelled);
}

TEST_F(StoreTest, LogReaderPagesTheLogAndItsChannels) {
  open();
  LogReader log(settings_.path);
  EXPECT_EQ(log.head()->head, 0u);
  EXPECT_EQ(log.head()->first, 1u);
  ASSERT_TRUE(submit(batch("one", {alert("a", "1"), alert("b", "1"), alert("a", "2"), alert("a", "3")})));
  const auto head = log.head();
  ASSERT_TRUE(head);
  EXPECT_EQ(head->log_id, store_->log_id());
  EXPECT_EQ(head->first, 1u);
  EXPECT_EQ(head->head, 4u);
  EXPECT_EQ(*log.channel_span("a"), (LogSpan{1, 3}));
  EXPECT_EQ(*log.channel_span("none"), (LogSpan{1, 0}));

  const auto all = log.page(std::nullopt, 0, std::nullopt, 100, 1000);
  ASSERT_TRUE(all);
  EXPECT_EQ(all->alerts, committed());
  EXPECT_FALSE(all->more);
  const auto part = log.page("a", 1, std::nullopt, 1, 1000);
  ASSERT_TRUE(part);
  EXPECT_THAT(part->alerts, ElementsAre(committed()[2]));
  EXPECT_TRUE(part->more);
  const auto at_least_one = log.page(std::nullopt, 2, std::nullopt, 100, 0);
  ASSERT_TRUE(at_least_one);
  EXPECT_THAT(at_least_one->alerts, SizeIs(1));
  EXPECT_TRUE(at_least_one->more);
  EXPECT_TRUE(log.page(std::nullopt, 0, clock_.now() + Milliseconds{1}, 100, 1000)->alerts.empty());
  EXPECT_THAT(log.page("a", 0, clock_.now(), 100, 1000)->alerts, SizeIs(3));

  EXPECT_EQ(log.page(std::nullopt, 2, std::nullopt, 1, 1)->id_at_after, alert("b", "1").id);
  EXPECT_EQ(log.page("a", 2, std::nullopt, 1, 1)->id_at_after, alert("a", "2").id);
  EXPECT_EQ(log.page("a", 4, std::nullopt, 1, 1)->id_at_after, std::nullopt);
  EXPECT_EQ(log.page(std::nullopt, UINT64_MAX, std::nullopt, 1, 1)->id_at_after, std::nullopt);
  EXPECT_EQ(log.page("a", 0, std::nullopt, 1, 1)->span, (LogSpan{1, 3}));
  EXPECT_EQ(log.page(std::nullopt, 0, std::nullopt, 1, 1)->span, (LogSpan{1, 4}));
  EXPECT_EQ(log.page(std::nullopt, 0, std::nullopt, 1, 1)->log.head, 4u);
}

TEST_F(StoreTest, SinceLeavesNothingOutBehindItsFirstWhereTheClockSteppedBack) {
  open();
  const Time start = clock_.now();
  ASSERT_TRUE(submit(batch("old", {alert("a", "1"), alert("b", "1")})));
  clock_.pass(std::chrono::hours{2});
  ASSERT_TRUE(submit(batch("new", {alert("a", "2")})));
  clock_.set(start + std::chrono::minutes{1});
  ASSERT_TRUE(submit(batch("stepped", {alert("b", "2"), alert("a", "3")})));
  LogReader log(settings_.path);
  const auto numbers = [&](const std::optional<std::string>& channel, Time since) {
    std::vector<std::uint64_t> out;
    const auto page = log.page(channel, 0, since, 100, 1000);
    for (const StoredAlert& one : page->alerts) {
      out.push_back(channel ? one.cseq : one.seq);
    }
    return out;
  };
  EXPECT_THAT(numbers(std::nullopt, start), ElementsAre(1u, 2u, 3u, 4u, 5u));
  EXPECT_THAT(numbers(std::nullopt, start + std::chrono::hours{1}), ElementsAre(3u, 4u, 5u));
  EXPECT_THAT(numbers("a", start + std::chrono::hours{1}), ElementsAre(2u, 3u));
  EXPECT_THAT(numbers("b", start + std::chrono::hours{1}), ElementsAre(2u));
  EXPECT_THAT(numbers("b", start + std::chrono::hours{9}), ElementsAre());
  EXPECT_EQ(log.page("b", 0, start + std::chrono::hours{9}, 1, 1)->span.head, 2u);
}

TEST_F(StoreTest, SinceFindsTheFirstOfAChannelAmongOthers) {
  open();
  const Time start = clock_.now();
  for (int n = 0; n < 30; ++n) {
    const std::string name = std::to_string(n);
    ASSERT_TRUE(submit(batch(name, {alert(n % 3 == 0 ? "few" : "many", name)})));
    clock_.pass(Milliseconds{1000});
  }
  LogReader log(settings_.path);
  for (std::uint64_t n = 0; n < 30; ++n) {
    const auto page = log.page("few", 0, start + Milliseconds{1000} * n, 1, 1);
    const std::uint64_t wanted = (n + 2) / 3 + 1;  // the first of every third that is not older
    if (wanted <= 10) {
      ASSERT_THAT(page->alerts, SizeIs(1)) << n;
      EXPECT_EQ(page->alerts[0].cseq, wanted) << n;
    } else {
      EXPECT_THAT(page->alerts, SizeIs(0)) << n;
    }
  }
}

}  // namespace
}  // namespace pw::store
