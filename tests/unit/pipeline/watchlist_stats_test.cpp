/// How long the counts of a watchlist are kept.
#include "pipeline/watchlist_stats.hpp"

#include "fakes/fake_clock.hpp"

#include <gtest/gtest.h>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <string>
#include <vector>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;

class WatchlistStatsTest : public testing::Test {
 protected:
  void suppress(const std::string& watchlist) { stats_.note({}, {{watchlist, true}}); }
  void configure(std::vector<std::string> watchlists) {
    std::ranges::sort(watchlists);
    stats_.keep_only(watchlists, clock_.steady());
  }
  void pass(Milliseconds time) { clock_.pass(time); }

  test::FakeClock clock_;
  WatchlistStats stats_;
};

TEST_F(WatchlistStatsTest, AHundredDaysOfChangingWatchlistsLeaveThoseOfAWeek) {
  for (int day = 0; day < 100; ++day) {
    const std::string today = fmt::format("list-{}", day);
    configure({"stays", today});
    suppress("stays");
    suppress(today);
    ASSERT_LE(stats_.size(), 2U + 8U);
    pass(24h);
  }
  EXPECT_EQ(stats_.of("stays").muted, 100U);
}

TEST_F(WatchlistStatsTest, AlertsSinceTheStartAreCountedForABoundedNumberOfWatchlists) {
  WatchlistStats stats(2);
  stats.keep_only({"a", "b", "c"}, clock_.steady());
  store::Committed committed;
  for (const char* list : {"a", "c", "c"}) {
    StoredAlert alert;
    alert.channel = list;
    alert.cseq = 100;
    alert.time = clock_.now();
    committed.alerts.push_back(alert);
  }
  stats.note(committed, {});
  EXPECT_EQ(stats.raised().named().size(), 2U);
  EXPECT_EQ(*stats.raised().named().at("a"), 1U);
  EXPECT_EQ(*stats.raised().named().at("b"), 0U) << "it is there before its first alert";
  EXPECT_EQ(*stats.raised().others(), 2U);
  EXPECT_EQ(stats.configured(), 3U);
  EXPECT_EQ(stats.last_alert(), clock_.now());
}

TEST_F(WatchlistStatsTest, AWatchlistThatReturnsWithinAWeekHasItsCounts) {
  configure({"a"});
  suppress("a");
  configure({});
  pass(6 * 24h);
  configure({"a"});
  pass(6 * 24h);
  configure({});
  pass(6 * 24h);
  configure({});
  EXPECT_EQ(stats_.of("a").muted, 1U) << "it has been away for six days";
  pass(24h);
  configure({});
  EXPECT_EQ(stats_.of("a").muted, 0U);
  EXPECT_EQ(stats_.size(), 0U);
}

TEST_F(WatchlistStatsTest, DeferredAlertsAreNotForgottenBeforeTheirRelease) {
  store::Committed deferred;
  deferred.deferred = {"a"};
  stats_.note(deferred, {});
  configure({});
  pass(8 * 24h);
  configure({});
  EXPECT_EQ(stats_.deferred(), 1U);
  store::Committed released;
  released.released = 1;
  stats_.note_released("a", released);
  configure({});
  pass(8 * 24h);
  configure({});
  EXPECT_EQ(stats_.size(), 0U);
}

}  // namespace
}  // namespace pw::pipeline
