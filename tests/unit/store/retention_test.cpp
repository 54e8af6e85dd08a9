/// What retention deletes and when, above all with a wrong clock.
#include "store/retention.hpp"

#include "fixture.hpp"
#include "store/database.hpp"
#include "store/log_reader.hpp"

#include <spdlog/fmt/fmt.h>

#include <thread>

namespace pw::store {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kDay = 24h;
constexpr Milliseconds kTwoYears = 730 * kDay;

class RetentionTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    settings_.retention_articles = 10 * kDay;
    settings_.retention_alerts = 10 * kDay;
  }

  /// Advances the clock; when it returns, the store has run a deletion step.
  void pass(Milliseconds time) {
    clock_.pass(time);
    // The deletion step follows the first batch; the second batch follows the step.
    ASSERT_TRUE(submit({}));
    ASSERT_TRUE(submit({}));
  }

  Counts kept() { return store_->counts().value(); }

  /// The counts after one retention step at `now`.
  Counts after_step(Time now, bool& more) {
    Database db(settings_.path, Access::read_write);
    more = apply_retention(db, settings_, now);
    const auto count = [&](const char* sql) {
      Query query = db.query(sql);
      query.step();
      return static_cast<std::uint64_t>(query.number(0));
    };
    Counts out;
    out.articles = count("SELECT count(*) FROM articles");
    out.alerts = count("SELECT count(*) FROM alerts");
    return out;
  }

  Time newest_item() const {
    Database db(settings_.path, Access::read_only);
    Query query = db.query("SELECT max(seen) FROM items");
    query.step();
    return from_ms(query.number(0));
  }

  /// Stores `count` articles with one alert each.
  void fill(int count, const std::string& name = "x") {
    Batch made;
    for (int i = 0; i < count; ++i) {
      const std::string one = fmt::format("{}{}", name, i);
      made.items.push_back(item(one));
      made.items.back().alerts = {alert("a", one)};
    }
    ASSERT_TRUE(submit(std::move(made)));
  }
};

TEST_F(RetentionTest, DeletesWhatIsOld) {
  open();
  fill(1);
  pass(9 * kDay);
  EXPECT_EQ(kept().alerts, 1U);
  pass(2 * kDay);
  EXPECT_EQ(kept().alerts, 0U);
  EXPECT_EQ(kept().articles, 0U);
}

TEST_F(RetentionTest, AnItemOutlivesItsArticleAndItsRevisionsGoOn) {
  open();
  fill(1);
  const auto row = known_item("x0")->row;
  Batch listed;
  listed.listed = {row};
  for (int day = 0; day < 11; ++day) {
    pass(kDay);
    ASSERT_TRUE(submit(listed));
  }
  EXPECT_EQ(kept().articles, 0U);
  EXPECT_EQ(known_item("x0")->seen, clock_.now());
  Batch changed;
  changed.items.push_back(item("x0", "other words"));
  changed.items[0].row = row;
  ASSERT_TRUE(submit(changed));
  EXPECT_EQ(known_item("x0")->revision, 2U);
  EXPECT_EQ(kept().articles, 1U);
  EXPECT_EQ(store_->search("other", 10)->size(), 1U);
}

TEST_F(RetentionTest, AnItemIsForgottenFourHundredDaysAfterItWasListedLast) {
  open();
  fill(1);
  pass(399 * kDay);
  EXPECT_TRUE(known_item("x0"));
  pass(2 * kDay);
  EXPECT_FALSE(known_item("x0"));
  ASSERT_TRUE(submit(batch("next")));
  EXPECT_EQ(known_item("next")->row, 2) << "the number of its row is not given again";
}

TEST_F(RetentionTest, AnItemIsKeptAsLongAsItsArticleMayBe) {
  settings_.retention_articles = 500 * kDay;
  open();
  fill(1);
  pass(499 * kDay);
  EXPECT_TRUE(known_item("x0"));
  settings_.retention_articles = Milliseconds::zero();
  open();
  pass(kTwoYears);
  pass(kDay);
  EXPECT_TRUE(store_->clock_check().look().trusted);
  EXPECT_TRUE(known_item("x0")) << "articles are kept for ever";
}

TEST_F(RetentionTest, RequestsAndUnfinishedItemsAreForgottenAfterThirtyDays) {
  open();
  Batch made = batch("one");
  made.items[0].portion = Portion::beginning;
  const RequestState old{derive_id({"1"}), "", "", "", "", clock_.now()};
  made.requests = SourceRequests{"wire", Id{}, {old}};
  ASSERT_TRUE(submit(made));
  pass(29 * kDay);
  Batch later;
  later.requests = SourceRequests{"wire", Id{}, {{derive_id({"2"}), "", "", "", "", clock_.now()}}};
  ASSERT_TRUE(submit(later));
  const auto unfinished = [&] { return store_->unfinished_story("wire", "one", made.items[0].content).value(); };
  EXPECT_EQ(store_->load_requests("wire", Id{})->size(), 2U);
  EXPECT_TRUE(unfinished());
  pass(2 * kDay);
  EXPECT_EQ(store_->load_requests("wire", Id{}).value(), later.requests->changed);
  EXPECT_FALSE(unfinished());
}

TEST_F(RetentionTest, AStepForwardDeletesNothing) {
  open();
  fill(1);
  clock_.step(kTwoYears);
  pass(2min);
  EXPECT_FALSE(store_->clock_check().look().trusted);
  pass(1h);
  EXPECT_EQ(kept().alerts, 1U);
  clock_.step(-kTwoYears);
  pass(2min);
  EXPECT_TRUE(store_->clock_check().look().trusted);
  EXPECT_EQ(kept().alerts, 1U);
  EXPECT_EQ(kept().articles, 1U);
}

TEST_F(RetentionTest, AStepThatTheClockKeepsToIsConfirmedADayLater) {
  open();
  fill(1);
  clock_.step(kTwoYears);
  pass(2min);
  pass(23h);
  EXPECT_EQ(kept().alerts, 1U);
  pass(1h);
  EXPECT_EQ(kept().alerts, 0U);
  EXPECT_EQ(kept().articles, 0U);
}

TEST_F(RetentionTest, AStartWithAClockThatIsAheadDeletesNothing) {
  open();
  fill(1);
  store_.reset();
  clock_.pass(1h);
  clock_.step(kTwoYears);
  open();
  EXPECT_FALSE(store_->clock_check().look().trusted);
  fill(1, "ahead");
  pass(1h);
  EXPECT_EQ(kept().alerts, 2U);
  store_.reset();
  clock_.step(-kTwoYears);
  open();
  EXPECT_TRUE(store_->clock_check().look().trusted) << "what was stored by the wrong clock is no measure";
  pass(1h);
  EXPECT_EQ(kept().alerts, 2U);
  store_.reset();
  clock_.step(kTwoYears);
  open();
  EXPECT_FALSE(store_->clock_check().look().trusted);
  pass(1h);
  EXPECT_EQ(kept().alerts, 2U);
  EXPECT_EQ(kept().articles, 2U);
}

TEST_F(RetentionTest, ADatabaseWithoutASavedTimeIsJudgedByItsNewestRow) {
  open();
  fill(1);
  store_.reset();
  {
    Database db(settings_.path, Access::read_write);
    db.execute("DELETE FROM meta WHERE key = 'clock'");
  }
  clock_.step(kTwoYears);
  open();
  EXPECT_FALSE(store_->clock_check().look().trusted);
  pass(2min);
  EXPECT_EQ(kept().alerts, 1U);
}

TEST_F(RetentionTest, DeletesInSteps) {
  open();
  fill(1'200);
  store_.reset();
  const Time later = clock_.now() + 11 * kDay;
  bool more = true;
  Counts before{1'200, 1'200, 0, 0};
  int steps = 0;
  while (more) {
    const Counts left = after_step(later, more);
    EXPECT_LE(before.articles - left.articles, 100U);
    EXPECT_LE(before.alerts - left.alerts, 500U);
    before = left;
    ASSERT_LT(++steps, 20);
  }
  EXPECT_EQ(before.articles, 0U);
  EXPECT_EQ(before.alerts, 0U);
  EXPECT_GE(steps, 12);
}

TEST_F(RetentionTest, TheNextStepDoesNotWaitForTheNextMinute) {
  open();
  fill(350);
  clock_.pass(11 * kDay);
  ASSERT_TRUE(submit({}));
  const auto end = std::chrono::steady_clock::now() + 60s;
  while (kept().articles > 0 && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(10ms);
  EXPECT_EQ(kept().articles, 0U);
}

TEST_F(RetentionTest, WhatAClockThatWasAheadHasStoredDoesNotStayForYears) {
  open();
  clock_.step(kTwoYears);
  fill(2, "ahead");
  ASSERT_TRUE(submit({}));  // completes after the store's own retention step
  clock_.step(-kTwoYears);
  fill(2, "right");
  store_.reset();
  const Time right = clock_.now();
  bool more = false;
  EXPECT_EQ(after_step(right + kDay, more).alerts, 4U);
  const Counts left = after_step(right + 10 * kDay + 1h, more);
  EXPECT_EQ(left.alerts, 0U);
  EXPECT_EQ(left.articles, 2U) << "dated back to a day later";
  EXPECT_EQ(newest_item(), right + kDay);
  EXPECT_EQ(after_step(right + 11 * kDay + 1h, more).articles, 0U);
}

TEST_F(RetentionTest, AlertsOfAClockThatIsAheadAreNotDeletedBeforeOthersAre) {
  open();
  fill(2, "old");
  clock_.pass(11 * kDay);
  clock_.step(kTwoYears);
  Batch made = batch("ahead", {alert("a", "ahead")});
  ASSERT_TRUE(submit(std::move(made)));
  clock_.step(-kTwoYears);
  store_.reset();
  bool more = false;
  EXPECT_EQ(after_step(clock_.now(), more).alerts, 1U);
  EXPECT_FALSE(more);
}

}  // namespace
}  // namespace pw::store
