#include "fixture.hpp"
#include "store/log_reader.hpp"

#include <gmock/gmock.h>

namespace pw::store {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class DeferredTest : public StoreTest {
 protected:
  static NewAlert deferred(const std::string& channel, const std::string& name) {
    return sample::held_alert(channel, name);
  }

  Committed release(const std::string& channel) {
    Batch batch;
    batch.release = channel;
    auto done = submit(std::move(batch));
    EXPECT_TRUE(done);
    return done ? *done : Committed{};
  }

  WatchlistCounts counts(const std::string& channel) {
    const auto channels = store_->load_watchlist_counts().value();
    for (const WatchlistCounts& one : channels) {
      if (one.watchlist == channel) return one;
    }
    return {};
  }
};

TEST_F(DeferredTest, ADeferredAlertHasNoNumberUntilItsChannelIsReleased) {
  open();
  const auto first = submit(batch("one", {deferred("a", "1"), alert("b", "1"), deferred("a", "2")}));
  ASSERT_TRUE(first);
  EXPECT_THAT(first->alerts, ElementsAre(Field(&StoredAlert::channel, "b")));
  EXPECT_THAT(first->deferred, ElementsAre("a", "a"));
  EXPECT_EQ(counts("a"), (WatchlistCounts{"a", 0, {}, 2, 0, 0}));
  clock_.pass(Milliseconds{1000});
  EXPECT_THAT(release("c").alerts, IsEmpty());
  const Committed released = release("a");
  EXPECT_EQ(released.released, 2U);
  ASSERT_THAT(released.alerts, SizeIs(2));
  EXPECT_EQ(released.alerts[0].id, alert("a", "1").id);
  EXPECT_EQ(released.alerts[0].cseq, 1U);
  EXPECT_EQ(released.alerts[1].seq, 3U);
  EXPECT_EQ(counts("a"), (WatchlistCounts{"a", 2, clock_.now(), 0, 0, 0}));
  EXPECT_THAT(committed(), SizeIs(3)) << "the bus hears of them";
  EXPECT_EQ(release("a").released, 0U);
}

TEST_F(DeferredTest, AnAlertIsDeferredOnceAndToldOnce) {
  open();
  ASSERT_TRUE(submit(batch("one", {deferred("a", "1")})));
  EXPECT_THAT(submit(batch("one", {deferred("a", "1")}))->deferred, IsEmpty());
  ASSERT_THAT(submit(batch("two", {alert("a", "1")}))->alerts, SizeIs(1)) << "its story came again in the open hours";
  EXPECT_THAT(submit(batch("two", {deferred("a", "1")}))->deferred, IsEmpty());
  const Committed released = release("a");
  EXPECT_EQ(released.released, 1U);
  EXPECT_THAT(released.alerts, IsEmpty());
}

TEST_F(DeferredTest, SurvivesARestart) {
  open();
  ASSERT_TRUE(submit(batch("one", {deferred("a", "1")})));
  open();
  EXPECT_EQ(counts("a").deferred, 1U);
  EXPECT_EQ(release("a").alerts.size(), 1U);
}

TEST_F(DeferredTest, ManyAreReleasedInPortions) {
  open();
  std::vector<NewAlert> many;
  for (std::size_t i = 0; i < kReleaseAtOnce + 1; ++i) many.push_back(deferred("a", std::to_string(i)));
  ASSERT_TRUE(submit(batch("one", many)));
  EXPECT_EQ(release("a").released, kReleaseAtOnce);
  EXPECT_EQ(release("a").released, 1U);
  LogReader log(settings_.path);
  EXPECT_EQ(log.head()->head, kReleaseAtOnce + 1);
}

TEST_F(DeferredTest, SuppressedMatchesAreCounted) {
  open();
  Batch made = batch("one");
  made.items[0].suppressed = {{"a", true}, {"a", false}, {"b", true}};
  ASSERT_TRUE(submit(made));
  ASSERT_TRUE(submit(made));
  open();
  EXPECT_EQ(counts("a"), (WatchlistCounts{"a", 0, {}, 0, 2, 2}));
  EXPECT_EQ(counts("b"), (WatchlistCounts{"b", 0, {}, 0, 2, 0}));
}

}  // namespace
}  // namespace pw::store
