/// Requirements on every Storage, run against the database and against the in-memory fake.
#include "fakes/fake_clock.hpp"
#include "fakes/memory_store.hpp"
#include "samples.hpp"
#include "store/store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::store {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct InMemory {
  explicit InMemory(const Clock& clock) : store(clock) {}
  test::MemoryStore store;
};

struct OnDisk {
  explicit OnDisk(const Clock& clock) : store({.path = folder.path() / "presswatch.db"}, clock, {}) {}
  sample::Folder folder;
  Store store;
};

template <class World>
class StorageTest : public ::testing::Test {
 protected:
  Storage& store() { return world_.store; }

  Committed commit(Batch batch) { return sample::submit(store(), std::move(batch)).value(); }
  Committed commit(NewItem item) {
    Batch batch;
    batch.items.push_back(std::move(item));
    return commit(std::move(batch));
  }
  void visit(ItemVisit visit) {
    Batch batch;
    batch.visits.push_back(std::move(visit));
    commit(std::move(batch));
  }

  NewItem item(const std::string& name, const std::string& text = "plain words") const {
    return sample::item(name, clock_.now(), text);
  }
  /// A new item with the given keys instead of those derived from its name.
  NewItem item_with(const std::string& name, std::vector<Id> keys) const {
    NewItem made = item(name);
    made.keys = std::move(keys);
    return made;
  }
  std::optional<KnownItem> known(const Id& key) { return sample::known(store(), key); }
  std::optional<KnownItem> known(const std::string& name) { return known(item_key("id", name)); }

  std::vector<KeyMatch> find(const std::vector<Id>& keys) { return store().find_items("wire", keys).value(); }

  WatchlistCounts counts(const std::string& channel) {
    const auto channels = store().load_watchlist_counts().value();
    for (const WatchlistCounts& one : channels) {
      if (one.watchlist == channel) return one;
    }
    return {};
  }

  std::vector<std::string> visited(Time since, std::size_t limit) {
    std::vector<std::string> out;
    const auto visit = [&](const StoryArticle& article) { out.push_back(article.title); };
    EXPECT_TRUE(store().visit_articles(since, limit, visit));
    return out;
  }

  test::FakeClock clock_;
  World world_{clock_};
  const Id a_ = item_key("id", "a");
  const Id b_ = item_key("id", "b");
  const Id c_ = item_key("url", "c");
};

using Worlds = ::testing::Types<InMemory, OnDisk>;
TYPED_TEST_SUITE(StorageTest, Worlds);

TYPED_TEST(StorageTest, HoldsNothingAtFirst) {
  EXPECT_THAT(this->find({this->a_, this->b_}), IsEmpty());
  EXPECT_EQ(this->store().unfinished_story("wire", "a", Id{}).value(), std::nullopt);
  EXPECT_THAT(this->store().load_requests("wire", Id{}).value(), IsEmpty());
  EXPECT_THAT(this->store().load_sources().value(), IsEmpty());
  EXPECT_THAT(this->store().load_subscriptions().value(), IsEmpty());
  EXPECT_THAT(this->store().load_watchlist_counts().value(), IsEmpty());
  EXPECT_THAT(this->visited(Time{}, 10), IsEmpty());
  EXPECT_EQ(this->store().trouble(), std::nullopt);
  EXPECT_TRUE(this->store().clock_check().look().trusted);
}

TYPED_TEST(StorageTest, AnItemIsKnownByEachOfItsKeys) {
  NewItem made = this->item_with("one", {this->a_, this->c_});
  made.marks = {derive_id({"hints"}), derive_id({"title"}), from_ms(1), from_ms(2), from_ms(3), "\"e\"", "lm", "by"};
  this->commit(made);
  const auto found = this->find({this->c_, this->b_, this->a_});
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].key, this->c_);
  EXPECT_EQ(found[1].key, this->a_);
  EXPECT_FALSE(found[0].shared);
  const KnownItem& known = found[0].item;
  EXPECT_EQ(known, found[1].item);
  EXPECT_GT(known.row, 0);
  EXPECT_EQ(known, (KnownItem{known.row, "one", made.content, 1, made.seen, made.seen, made.marks}));
  EXPECT_THAT(this->store().find_items("other", std::vector{this->a_}).value(), IsEmpty());
}

TYPED_TEST(StorageTest, AKeyOfTwoItemsIsSharedAndLeadsToTheFirst) {
  this->commit(this->item_with("one", {this->a_, this->c_}));
  this->commit(this->item_with("two", {this->b_, this->c_}));
  const auto found = this->find({this->a_, this->b_, this->c_});
  ASSERT_THAT(found, SizeIs(3));
  EXPECT_FALSE(found[0].shared);
  EXPECT_FALSE(found[1].shared);
  EXPECT_TRUE(found[2].shared);
  EXPECT_EQ(found[2].item, found[0].item);
  EXPECT_NE(found[1].item.row, found[0].item.row);
}

TYPED_TEST(StorageTest, TwoItemsMayHaveOneItemId) {
  this->commit(this->item_with("same", {this->a_}));
  this->commit(this->item_with("same", {this->b_}));
  EXPECT_NE(this->known(this->a_)->row, this->known(this->b_)->row);
  EXPECT_THAT(this->visited(Time{}, 10), SizeIs(2));
}

TYPED_TEST(StorageTest, OtherContentIsTheNextRevision) {
  const Time first = this->clock_.now();
  this->commit(this->item("one"));
  this->clock_.pass(1s);
  NewItem changed = this->item("one", "other words");
  changed.row = this->known("one")->row;
  changed.keys = {this->c_};
  changed.item_id = "another name";
  changed.marks.etag = "\"2\"";
  this->commit(changed);
  const auto known = this->known("one");
  ASSERT_TRUE(known);
  EXPECT_EQ(*known, (KnownItem{changed.row, "one", changed.content, 2, first, changed.seen, changed.marks}));
  EXPECT_EQ(this->known(this->c_), known);
  EXPECT_THAT(this->visited(changed.seen, 10), ElementsAre("About one"));
}

TYPED_TEST(StorageTest, EqualContentIsNoRevision) {
  const Time first = this->clock_.now();
  this->commit(this->item("one"));
  this->clock_.pass(1s);
  NewItem again = this->item("one");
  again.row = this->known("one")->row;
  this->commit(again);
  EXPECT_EQ(*this->known("one"), (KnownItem{again.row, "one", again.content, 1, first, again.seen, again.marks}));
  EXPECT_THAT(this->visited(again.seen, 10), SizeIs(1));
}

TYPED_TEST(StorageTest, ARowThatIsGoneOrOfAnotherSourceMakesANewItem) {
  this->commit(this->item("one"));
  NewItem lost = this->item("two");
  lost.row = 4711;
  this->commit(lost);
  NewItem strange = this->item("three");
  strange.source = "other";
  strange.row = this->known("one")->row;
  this->commit(strange);
  EXPECT_EQ(this->known("two")->revision, 1U);
  EXPECT_NE(this->known("two")->row, 4711);
  EXPECT_EQ(this->known("one")->content, this->item("one").content);
  EXPECT_THAT(this->store().find_items("other", strange.keys).value(), SizeIs(2));
}

TYPED_TEST(StorageTest, AVisitAddsKeysAndRefreshesMarks) {
  const Time first = this->clock_.now();
  this->commit(this->item("one"));
  this->commit(this->item("two"));
  const auto before = this->known("one");
  this->clock_.pass(1s);
  this->visit({before->row, {this->c_, item_key("id", "two")}, std::nullopt});
  auto expected = *before;
  expected.seen = first + 1s;
  EXPECT_EQ(this->known(this->c_), expected);
  EXPECT_TRUE(this->find({item_key("id", "two")})[0].shared);
  expected.marks.last_modified = "yesterday";
  this->visit({before->row, {}, expected.marks});
  EXPECT_EQ(this->known("one"), expected);
  this->visit({4711, {this->b_}, std::nullopt});
  EXPECT_EQ(this->known(this->b_), std::nullopt);
}

TYPED_TEST(StorageTest, WhatIsListedIsSeen) {
  this->commit(this->item("one"));
  auto expected = *this->known("one");
  this->clock_.pass(240h);
  Batch batch;
  batch.listed = {expected.row, 4711};
  this->commit(batch);
  expected.seen = this->clock_.now();
  EXPECT_EQ(this->known("one"), expected);
  EXPECT_THAT(this->visited(this->clock_.now(), 10), IsEmpty()) << "its article is as old as it was";
}

TYPED_TEST(StorageTest, OfTooManyKeysTheFirstAndTheLatestAreKept) {
  std::vector<Id> keys;
  for (std::size_t i = 0; i < kKeysAtMost + 5; ++i) keys.push_back(item_key("id", std::to_string(i)));
  this->commit(this->item_with("one", {keys.begin(), keys.begin() + 10}));
  this->visit({this->known(keys[0])->row, {keys.begin() + 5, keys.end()}, std::nullopt});
  const auto found = this->find(keys);
  ASSERT_THAT(found, SizeIs(kKeysAtMost));
  EXPECT_EQ(found[kFirstKeys - 1].key, keys[kFirstKeys - 1]);
  EXPECT_EQ(found[kFirstKeys].key, keys[kFirstKeys + 5]);
}

TYPED_TEST(StorageTest, AnItemIsKnownWithItsLastPortionOnly) {
  NewItem portion = this->item("one");
  portion.portion = Portion::beginning;
  portion.alerts = {sample::alert("x", "1")};
  EXPECT_THAT(this->commit(portion).alerts, SizeIs(1));
  EXPECT_EQ(this->known("one"), std::nullopt);
  EXPECT_EQ(this->store().unfinished_story("wire", "one", portion.content).value(), portion.story);
  EXPECT_EQ(this->store().unfinished_story("wire", "two", portion.content).value(), std::nullopt);
  EXPECT_EQ(this->store().unfinished_story("other", "one", portion.content).value(), std::nullopt);
  EXPECT_EQ(this->store().unfinished_story("wire", "one", Id{}).value(), std::nullopt);
  portion.portion = Portion::last;
  portion.alerts = {sample::alert("x", "1"), sample::alert("x", "2")};
  EXPECT_THAT(this->commit(portion).alerts, ElementsAre(Field(&StoredAlert::seq, 2U)));
  EXPECT_EQ(this->known("one")->revision, 1U);
  EXPECT_EQ(this->store().unfinished_story("wire", "one", portion.content).value(), std::nullopt);
}

TYPED_TEST(StorageTest, AlertsAreNumberedAndToldOnce) {
  NewItem made = this->item("one");
  made.alerts = {sample::alert("x", "1", R"({"a":1})"), sample::alert("y", "1"), sample::alert("x", "2")};
  const auto all = this->commit(made).alerts;
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(all[0], (StoredAlert{1, 1, this->clock_.now(), made.alerts[0].id, "x", "wire", R"({"a":1})"}));
  EXPECT_EQ(all[2].seq, 3U);
  EXPECT_EQ(all[2].cseq, 2U);
  this->clock_.pass(1s);
  NewItem again = this->item("two");
  again.alerts = {made.alerts[0], sample::alert("y", "2")};
  const auto more = this->commit(again).alerts;
  ASSERT_THAT(more, SizeIs(1));
  EXPECT_EQ(more[0].seq, 4U);
  EXPECT_EQ(more[0].cseq, 2U);
  EXPECT_EQ(this->counts("x").alerts, 2U);
  EXPECT_EQ(this->counts("y"), (WatchlistCounts{"y", 2, this->clock_.now(), 0, 0, 0}));
}

TYPED_TEST(StorageTest, HeldAlertsWaitForTheirRelease) {
  NewItem made = this->item("one");
  for (std::size_t i = 0; i <= kReleaseAtOnce; ++i) made.alerts.push_back(sample::held_alert("x", std::to_string(i)));
  made.alerts.push_back(made.alerts[0]);
  made.alerts.push_back(sample::held_alert("y", "1"));
  const Committed first = this->commit(made);
  EXPECT_THAT(first.alerts, IsEmpty());
  EXPECT_THAT(first.deferred, SizeIs(kReleaseAtOnce + 2));
  EXPECT_EQ(this->counts("x"), (WatchlistCounts{"x", 0, {}, kReleaseAtOnce + 1, 0, 0}));
  Batch release;
  release.release = "x";
  const Committed released = this->commit(release);
  EXPECT_EQ(released.released, kReleaseAtOnce);
  ASSERT_THAT(released.alerts, SizeIs(kReleaseAtOnce));
  EXPECT_EQ(released.alerts[0].id, made.alerts[0].id);
  EXPECT_EQ(this->commit(release).released, 1U);
  EXPECT_EQ(this->commit(release).released, 0U);
  EXPECT_EQ(this->counts("y").deferred, 1U);
}

TYPED_TEST(StorageTest, SuppressedMatchesAreCounted) {
  NewItem made = this->item("one");
  made.suppressed = {{"x", true}, {"x", false}, {"x", true}};
  this->commit(made);
  EXPECT_EQ(this->counts("x"), (WatchlistCounts{"x", 0, {}, 0, 2, 1}));
}

TYPED_TEST(StorageTest, RequestsAreThoseMadeWithTheSameOptions) {
  const Id options = derive_id({"options"});
  const Id others = derive_id({"others"});
  const RequestState one{derive_id({"1"}), "\"e\"", "lm", "by", "next", this->clock_.now() - 1s};
  RequestState two{derive_id({"2"}), "", "", "", "", this->clock_.now()};
  Batch batch;
  batch.requests = SourceRequests{"wire", options, {one, two}};
  this->commit(batch);
  two.etag = "\"changed\"";
  batch.requests = SourceRequests{"wire", options, {two}};
  this->commit(batch);
  const auto load = [&](const char* source, const Id& with) {
    return this->store().load_requests(source, with).value();
  };
  EXPECT_THAT(load("wire", options), ::testing::UnorderedElementsAre(one, two));
  EXPECT_THAT(load("wire", others), IsEmpty());
  EXPECT_THAT(load("other", options), IsEmpty());
  batch.requests = SourceRequests{"wire", others, {one}};
  this->commit(batch);
  EXPECT_THAT(load("wire", options), IsEmpty());
  EXPECT_THAT(load("wire", others), ElementsAre(one));
  batch.requests = SourceRequests{"wire", options, {}};
  this->commit(batch);
  EXPECT_THAT(load("wire", others), IsEmpty()) << "the options changed, and nothing was asked yet";
}

TYPED_TEST(StorageTest, StatesAndSubscriptionsAreReplaced) {
  Batch batch;
  batch.source_state = SourceState{.id = "wire", .cursor = "1", .reason = {}, .idle_visits = 3, .rhythm = "r"};
  batch.subscription = Subscription{"wire", "topic", "hub", "token", "secret", from_ms(5)};
  this->commit(batch);
  batch.source_state->cursor = "2";
  batch.subscription->until = from_ms(6);
  this->commit(batch);
  EXPECT_THAT(this->store().load_sources().value(), ElementsAre(*batch.source_state));
  EXPECT_THAT(this->store().load_subscriptions().value(), ElementsAre(*batch.subscription));
}

TYPED_TEST(StorageTest, TheNewestArticlesAreVisitedOldestFirst) {
  for (const char* name : {"old", "one", "two", "three"}) {
    this->commit(this->item(name));
    this->clock_.pass(1s);
  }
  EXPECT_THAT(this->visited(this->clock_.now() - 3s, 100), ElementsAre("About one", "About two", "About three"));
  EXPECT_THAT(this->visited(Time{}, 2), ElementsAre("About two", "About three"));
}

}  // namespace
}  // namespace pw::store
