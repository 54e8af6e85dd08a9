/// Features of the fake that are not part of Storage.
#include "fakes/memory_store.hpp"

#include "fakes/fake_clock.hpp"
#include "samples.hpp"

#include <gtest/gtest.h>

namespace pw::test {
namespace {

using store::Batch;
using store::Committed;

Batch batch_of(store::NewItem item) {
  Batch batch;
  batch.items.push_back(std::move(item));
  return batch;
}

TEST(MemoryStoreTest, ABatchThatFailsLeavesNoTrace) {
  const FakeClock clock;
  MemoryStore store(clock);
  store.fail_next(fail(Errc::io, "no disk"));
  auto item = store::sample::item("one", clock.now());
  item.alerts = {store::sample::alert("x", "1")};
  EXPECT_EQ(store::sample::submit(store, batch_of(item)).error().message, "no disk");
  EXPECT_TRUE(store.committed_items().empty());
  EXPECT_TRUE(store.alerts().empty());
  EXPECT_EQ(store.batches(), 0U);
  EXPECT_TRUE(store::sample::submit(store, batch_of(item)));
  EXPECT_EQ(store.committed_items().at(0).item_id, "one");
  EXPECT_EQ(store.alerts().at(0).seq, 1U);
}

TEST(MemoryStoreTest, ReadsFailUntilTheyAreHealed) {
  const FakeClock clock;
  MemoryStore store(clock);
  store.fail_reads(fail(Errc::io, "no disk"));
  EXPECT_FALSE(store.load_sources());
  EXPECT_FALSE(store.find_items("wire", {}));
  EXPECT_FALSE(store.visit_articles({}, 1, [](const auto&) {}));
  store.fail_reads(std::nullopt);
  EXPECT_TRUE(store.load_sources());
}

TEST(MemoryStoreTest, AnExecutorDecidesWhenABatchIsCommitted) {
  const FakeClock clock;
  std::vector<std::function<void()>> waiting;
  MemoryStore store(clock, [&](std::function<void()> work) { waiting.push_back(std::move(work)); });
  auto answer = store::sample::submit_later(store, batch_of(store::sample::item("one", clock.now())));
  EXPECT_TRUE(store.committed_items().empty());
  ASSERT_EQ(waiting.size(), 1U);
  waiting[0]();
  EXPECT_TRUE(answer.get());
  EXPECT_EQ(store.committed_items().size(), 1U);
}

TEST(MemoryStoreTest, ARevisionCountsOnAfterItsArticleWasForgotten) {
  const FakeClock clock;
  MemoryStore store(clock);
  ASSERT_TRUE(store::sample::submit(store, batch_of(store::sample::item("one", clock.now()))));
  store.forget_articles();
  auto next = store::sample::item("one", clock.now(), "other words");
  next.row = store::sample::known(store, next.keys[0])->row;
  ASSERT_TRUE(store::sample::submit(store, batch_of(next)));
  EXPECT_EQ(store::sample::known(store, next.keys[0])->revision, 2U);
}

}  // namespace
}  // namespace pw::test
