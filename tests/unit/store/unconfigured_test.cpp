#include "store/unconfigured.hpp"

#include "fixture.hpp"
#include "store/database.hpp"

#include <gmock/gmock.h>

#include <optional>

namespace pw::store {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Milliseconds kDay = 24h;

/// Tests UnconfiguredRows without the store thread.
class UnconfiguredTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    open();
    Batch batch;
    for (const char* id : {"wire", "gone"}) {
      batch.source_state = SourceState{.id = id, .cursor = {}, .reason = {}};
      batch.requests = SourceRequests{id, Id{}, {{derive_id({"1"}), {}, {}, {}, {}, clock_.now()}}};
      batch.subscription = Subscription{id, "", "", "", "", {}};
      ASSERT_TRUE(submit(batch));
    }
    Batch alerts = this->batch("one", {alert("here", "1"), alert("away", "1"), sample::held_alert("waits", "1")});
    for (const char* list : {"here", "away", "waits", "quiet"}) alerts.items[0].suppressed.push_back({list, true});
    ASSERT_TRUE(submit(alerts));
    store_.reset();
    db_.emplace(settings_.path, Access::read_write);
  }
  void TearDown() override {
    db_.reset();
    StoreTest::TearDown();
  }

  void keep(std::vector<std::string> sources, std::vector<std::string> watchlists) {
    rows_.keep_only(std::move(sources), std::move(watchlists));
  }

  /// Advances the clock and runs all steps that are due.
  void pass(Milliseconds time) {
    clock_.pass(time);
    int steps = 0;
    while (rows_.step(*db_, clock_.now(), clock_.steady())) ASSERT_LT(++steps, 1000);
  }

  std::vector<std::string> ids(const char* sql) {
    std::vector<std::string> out;
    Query query = db_->query(sql);
    while (query.step()) out.push_back(query.text(0));
    return out;
  }
  std::vector<std::string> sources() { return ids("SELECT id FROM sources"); }
  std::vector<std::string> channels() { return ids("SELECT name FROM channels"); }
  std::vector<std::string> suppressed() { return ids("SELECT channel FROM suppressed"); }
  std::vector<std::string> missing() { return ids("SELECT id FROM unconfigured"); }

  UnconfiguredRows rows_;
  std::optional<Database> db_;
};

TEST_F(UnconfiguredTest, NothingIsDeletedBeforeItIsKnownWhatIsConfigured) {
  pass(kDay);
  pass(30 * kDay);
  EXPECT_THAT(sources(), ElementsAre("gone", "wire"));
  EXPECT_THAT(missing(), IsEmpty());
}

TEST_F(UnconfiguredTest, RowsOfASourceAreDeletedAWeekAfterItWasMissedFirst) {
  keep({"wire"}, {});
  pass(0h);
  pass(7 * kDay - 1h);
  EXPECT_THAT(sources(), ElementsAre("gone", "wire"));
  pass(1h);
  EXPECT_THAT(sources(), ElementsAre("wire"));
  EXPECT_THAT(ids("SELECT source FROM requests"), ElementsAre("wire"));
  EXPECT_THAT(ids("SELECT source FROM subscriptions"), ElementsAre("wire"));
}

TEST_F(UnconfiguredTest, OneThatIsBackBeginsAnew) {
  keep({"wire"}, {});
  pass(6 * kDay);
  keep({"wire", "gone"}, {});
  pass(1h);
  EXPECT_THAT(ids("SELECT id FROM unconfigured WHERE kind = 'source'"), IsEmpty());
  keep({"wire"}, {});
  pass(6 * kDay);
  EXPECT_THAT(sources(), ElementsAre("gone", "wire"));
}

TEST_F(UnconfiguredTest, TheWeekGoesOnOverARestart) {
  keep({"wire"}, {});
  pass(0h);
  UnconfiguredRows next;
  next.keep_only({"wire"}, {});
  clock_.pass(8 * kDay);
  while (next.step(*db_, clock_.now(), clock_.steady())) {
  }
  EXPECT_THAT(sources(), ElementsAre("wire"));
}

TEST_F(UnconfiguredTest, ANumberNeverBeginsAgainWhileThereAreAlertsOfItsChannel) {
  keep({}, {"here"});
  pass(0h);
  pass(8 * kDay);
  EXPECT_THAT(channels(), ElementsAre("away", "here"));
  EXPECT_THAT(suppressed(), ElementsAre("here", "waits")) << "what is deferred still counts";
  db_->execute("DELETE FROM alerts");
  pass(1h);
  EXPECT_THAT(channels(), ElementsAre("here"));
  EXPECT_THAT(missing(), ElementsAre("waits")) << "until it is told";
  db_->execute("DELETE FROM deferred");
  pass(1h);
  EXPECT_THAT(suppressed(), ElementsAre("here"));
  EXPECT_THAT(missing(), IsEmpty());
}

TEST_F(UnconfiguredTest, ManyRowsAreDeletedInSteps) {
  db_->execute(
      "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1200) INSERT INTO sources(id, "
      "cursor, "
      "next_due, last_ok, failures, state, reason, interval_ms, items_seen, alerts) "
      "SELECT 's' || i, '', 0, 0, 0, '', '', 0, 0, 0 FROM n");
  db_->execute(
      "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1200) INSERT INTO requests "
      "SELECT 'wire', CAST(i AS BLOB), '', '', '', '', '', 0 FROM n");
  keep({}, {});
  pass(1h);
  EXPECT_EQ(missing().size(), 1202U + 4U);
  clock_.pass(8 * kDay);
  bool more = true;
  std::size_t before = ids("SELECT source FROM requests").size();
  while (more) {
    more = rows_.step(*db_, clock_.now(), clock_.steady());
    const std::size_t left = ids("SELECT source FROM requests").size();
    EXPECT_LE(before - left, 600U);
    before = left;
  }
  EXPECT_EQ(before, 0U);
  EXPECT_THAT(sources(), IsEmpty());
}

TEST_F(UnconfiguredTest, AClockThatWasAheadOnlyDelays) {
  keep({"wire"}, {});
  clock_.step(730 * kDay);
  pass(0h);
  clock_.step(-730 * kDay);
  pass(1h);
  pass(6 * kDay);
  EXPECT_THAT(sources(), ElementsAre("gone", "wire"));
  pass(kDay);
  EXPECT_THAT(sources(), ElementsAre("wire"));
}

TEST_F(StoreTest, TheStoreDeletesRowsOfSourcesThatAreGone) {
  open();
  Batch batch;
  batch.source_state = SourceState{.id = "gone", .cursor = {}, .reason = {}};
  ASSERT_TRUE(submit(batch));
  store_->keep_only({"wire"}, {});
  const auto end = std::chrono::steady_clock::now() + 60s;
  while (!store_->load_sources()->empty() && std::chrono::steady_clock::now() < end) {
    clock_.pass(1h);
    ASSERT_TRUE(submit({}));
  }
  EXPECT_TRUE(store_->load_sources()->empty());
}

}  // namespace
}  // namespace pw::store
