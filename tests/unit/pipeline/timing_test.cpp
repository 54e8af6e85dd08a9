#include "pipeline/timing.hpp"

#include <gtest/gtest.h>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;

// 2026-03-02 is a Monday.
constexpr Time kMonday0930 = from_ms(1772443800000);

TEST(Timing, SkippedHoursAndDaysArePassedOver) {
  source::Pace pace;
  EXPECT_EQ(out_of_skipped(kMonday0930, pace), kMonday0930);
  pace.skip_hours = 1U << 9U;
  EXPECT_EQ(out_of_skipped(kMonday0930, pace), kMonday0930 + 30min);
  pace.skip_days = 1U << 1U;  // Monday
  EXPECT_EQ(out_of_skipped(kMonday0930, pace), kMonday0930 + 14h + 30min);
}

TEST(Timing, ASkippedHourEndsWithItsLastMillisecond) {
  constexpr Time kTen = kMonday0930 + 30min;
  const source::Pace pace{0ms, 1U << 9U, 0};
  EXPECT_EQ(out_of_skipped(kTen - 1h - 1ms, pace), kTen - 1h - 1ms);
  EXPECT_EQ(out_of_skipped(kTen - 1h, pace), kTen);
  EXPECT_EQ(out_of_skipped(kTen - 1ms, pace), kTen);
  EXPECT_EQ(out_of_skipped(kTen, pace), kTen);
}

TEST(Timing, SkippedHoursGoOnOverMidnightAndIntoASkippedDay) {
  constexpr Time kMidnight = kMonday0930 + 14h + 30min;
  source::Pace pace{0ms, 1U << 23U | 1U, 0};
  EXPECT_EQ(out_of_skipped(kMidnight - 1min, pace), kMidnight + 1h);
  pace.skip_days = 1U << 2U;  // Tuesday
  EXPECT_EQ(out_of_skipped(kMidnight - 1min, pace), kMidnight + 25h);
}

TEST(Timing, AFeedThatSkipsEveryHourOrDayIsNotBelieved) {
  EXPECT_EQ(out_of_skipped(kMonday0930, {0ms, 0xFF'FFFF, 0}), kMonday0930);
  EXPECT_EQ(out_of_skipped(kMonday0930, {0ms, 0, 0x7F}), kMonday0930);
  EXPECT_EQ(out_of_skipped(kMonday0930, {0ms, 0xFF'FFFE, 0x7E}), kMonday0930 + 6 * 24h - 9h - 30min);
}

TEST(Timing, ASourceRestsUntilItsSavedTimeButNoLongerThanItCould) {
  const source::Pace any;
  EXPECT_EQ(rest_of(kMonday0930, kMonday0930, 10min, any), std::nullopt) << "the time is over";
  EXPECT_EQ(rest_of({}, kMonday0930, 10min, any), std::nullopt);
  EXPECT_EQ(rest_of(kMonday0930 + 7min, kMonday0930, 10min, any), 7min);
  EXPECT_EQ(rest_of(kMonday0930 + 1h, kMonday0930, 10min, any), 10min) << "the clock was ahead";
  EXPECT_EQ(rest_of(kMonday0930 + 17'520h, kMonday0930, 10min, any), 10min);
  const source::Pace spared{0ms, 1U << 9U, 0};
  EXPECT_EQ(rest_of(kMonday0930 + 30min, kMonday0930, 10min, spared), 30min) << "the hour is skipped";
  EXPECT_EQ(rest_of(kMonday0930 + 5h, kMonday0930, 10min, spared), 30min);
}

TEST(Timing, WhatOnePollCouldNotTakeComesSoon) {
  SourceEntry entry;
  config::ScheduleSettings schedule;
  PollResult result;
  const Time later = due_after(entry, result, schedule, kMonday0930, 0.5);
  result.backlog = result.incomplete = true;
  const Time sooner = due_after(entry, result, schedule, kMonday0930, 0.5);
  EXPECT_EQ(sooner, kMonday0930 + schedule.min_interval);
  EXPECT_LT(sooner, later);
  result.error = fail(Errc::timeout, "no answer");
  entry.state.failures = 3;
  EXPECT_GT(due_after(entry, result, schedule, kMonday0930, 0.5), later) << "not while it fails";
}

TEST(Timing, WhatIsGoneIsAskedNoMore) {
  SourceEntry entry;
  PollResult result;
  result.status = 410;
  result.error = fail(Errc::http, "gone");
  EXPECT_EQ(due_after(entry, result, {}, kMonday0930, 0.5), Time{});
}

}  // namespace
}  // namespace pw::pipeline
