/// Sources in simulated time: each is polled every 15 minutes for months or years.
#include "schedule/rhythm.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <random>
#include <string>

namespace pw::schedule {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::weeks;

constexpr Time kMonday = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2};

/// The number of items that a source publishes in a quarter of an hour.
using Publishes = std::function<unsigned(Time)>;

class Simulation {
 public:
  explicit Simulation(Publishes publishes) : publishes_(std::move(publishes)) {}

  /// Polls until `end`. Counts the silences that begin.
  void run(Time end) {
    for (; now_ < end; now_ += 15min) {
      const bool news = publishes_(now_) > 0;
      const bool before = rhythm_.silent();
      rhythm_.note(now_, news, last_news_);
      if (news) last_news_ = now_;
      if (!before && rhythm_.silent()) {
        ++silences_;
        silent_since_ = now_;
      }
    }
  }
  void pass(Milliseconds span) { run(now_ + span); }
  /// The daemon is not running.
  void skip(Milliseconds span) { now_ += span; }
  void publish(Publishes publishes) { publishes_ = std::move(publishes); }
  void restart() { rhythm_ = Rhythm(rhythm_.save()); }

  /// How long after this the source is found silent; nothing: not within four weeks.
  std::optional<Milliseconds> found_after_it_stops() {
    publish([](Time) { return 0U; });
    const Time stopped = now_;
    while (!rhythm_.silent() && now_ < stopped + weeks{4}) pass(15min);
    if (!rhythm_.silent()) return std::nullopt;
    return now_ - stopped;
  }

  [[nodiscard]] const Rhythm& rhythm() const { return rhythm_; }
  [[nodiscard]] int silences() const { return silences_; }
  [[nodiscard]] Time now() const { return now_; }
  [[nodiscard]] Time silent_since() const { return silent_since_; }
  [[nodiscard]] Time last_news() const { return last_news_; }

 private:
  Publishes publishes_;
  Rhythm rhythm_;
  Time now_ = kMonday;
  Time last_news_{};
  Time silent_since_{};
  int silences_ = 0;
};

unsigned hour_of_day(Time time) { return static_cast<unsigned>((time - std::chrono::floor<days>(time)) / hours{1}); }
bool is_working_day(Time time) {
  const unsigned day = std::chrono::weekday{std::chrono::floor<days>(time)}.iso_encoding();
  return day <= 5;
}
bool is_office(Time time) { return is_working_day(time) && hour_of_day(time) >= 7 && hour_of_day(time) < 17; }

/// Independent items at a rate per hour.
Publishes poisson(std::mt19937& random, std::function<double(Time)> per_hour) {
  return [&random, rate = std::move(per_hour)](Time now) {
    const double mean = rate(now) / 4;
    return mean > 0 ? std::poisson_distribution<unsigned>(mean)(random) : 0U;
  };
}

class RhythmTest : public testing::Test {
 protected:
  std::mt19937 random_{7};
};

TEST_F(RhythmTest, AWireServiceThatStopsIsFoundWithinHalfADay) {
  Simulation wire(poisson(random_, [](Time) { return 4.0; }));
  wire.pass(weeks{3});
  EXPECT_EQ(wire.silences(), 0);
  const auto found = wire.found_after_it_stops();
  ASSERT_TRUE(found);
  EXPECT_GE(*found, 2h) << "an hour without news is nothing";
  EXPECT_LE(*found, 12h);
}

TEST_F(RhythmTest, NightsAndWeekendsAreNotSilence) {
  Simulation office(poisson(random_, [](Time now) { return is_office(now) ? 3.0 : 0.0; }));
  office.pass(weeks{52});
  EXPECT_EQ(office.silences(), 0);
}

TEST_F(RhythmTest, AnOfficeThatStopsOnAWednesdayIsFoundBeforeTheWeekend) {
  Simulation office(poisson(random_, [](Time now) { return is_office(now) ? 3.0 : 0.0; }));
  office.pass(weeks{4} + days{2} + 9h);
  const auto found = office.found_after_it_stops();
  ASSERT_TRUE(found);
  EXPECT_GE(*found, 10h) << "half a day without news is nothing";
  EXPECT_LE(*found, days{2} + 9h);
}

TEST_F(RhythmTest, AHolidayIsNotSilence) {
  Simulation office(poisson(random_, [](Time now) {
    const bool holiday = std::chrono::floor<days>(now) == std::chrono::floor<days>(kMonday + weeks{6});
    return is_office(now) && !holiday ? 3.0 : 0.0;
  }));
  office.pass(weeks{8});
  EXPECT_EQ(office.silences(), 0);
}

TEST_F(RhythmTest, ADailySourceMayMissADayButNotAWeek) {
  const auto daily = [](Time now) { return hour_of_day(now) == 8 && now == std::chrono::floor<hours>(now) ? 5U : 0U; };
  Simulation paper(daily);
  paper.pass(weeks{6});
  paper.publish([](Time) { return 0U; });
  paper.pass(days{1});
  paper.publish(daily);
  paper.pass(weeks{1});
  EXPECT_EQ(paper.silences(), 0);
  const auto found = paper.found_after_it_stops();
  ASSERT_TRUE(found);
  EXPECT_GE(*found, days{2});
  EXPECT_LE(*found, days{7});
}

TEST_F(RhythmTest, ABurstIsOneHourWithNews) {
  // 50 items at once, on half of all days.
  std::bernoulli_distribution coin(0.5);
  Simulation bursts([&](Time now) { return now == std::chrono::floor<days>(now) && coin(random_) ? 50U : 0U; });
  bursts.pass(weeks{52});
  EXPECT_LE(bursts.silences(), 1);
}

TEST_F(RhythmTest, FalseAlarmsAreRare) {
  int silences = 0;
  constexpr int kSources = 60;
  for (int number = 0; number < kSources; ++number) {
    const double rate = std::exp(std::uniform_real_distribution<double>(std::log(0.02), std::log(10.0))(random_));
    const double nights = std::uniform_real_distribution<double>(0, 1)(random_);
    Simulation source(poisson(random_, [=](Time now) { return hour_of_day(now) < 6 ? rate * nights : rate; }));
    source.pass(weeks{52});
    silences += source.silences();
  }
  EXPECT_LE(silences, kSources / 10) << "in a year";
}

TEST_F(RhythmTest, WithoutAWeekOfHistoryNothingIsSilent) {
  Simulation wire(poisson(random_, [](Time) { return 4.0; }));
  wire.pass(days{5});
  wire.publish([](Time) { return 0U; });
  wire.pass(days{1} + 23h);
  EXPECT_FALSE(wire.rhythm().silent());
}

TEST_F(RhythmTest, WithFewNewsNothingIsSilent) {
  Simulation rare([](Time now) { return now == kMonday + 1h || now == kMonday + days{3} ? 1U : 0U; });
  rare.pass(weeks{20});
  EXPECT_EQ(rare.silences(), 0);
}

TEST_F(RhythmTest, SilenceLastsUntilThereIsNewsAndIsNotLearned) {
  const auto rate = [](Time) { return 4.0; };
  Simulation wire(poisson(random_, rate));
  wire.pass(weeks{4});
  ASSERT_TRUE(wire.found_after_it_stops());
  wire.pass(weeks{20});
  EXPECT_TRUE(wire.rhythm().silent());
  EXPECT_EQ(wire.silences(), 1);
  wire.publish([](Time) { return 1U; });
  wire.pass(15min);
  EXPECT_FALSE(wire.rhythm().silent());
  wire.publish(poisson(random_, rate));
  wire.pass(days{1});
  const auto again = wire.found_after_it_stops();
  ASSERT_TRUE(again) << "the rhythm is still known";
  EXPECT_LE(*again, days{2});
}

TEST_F(RhythmTest, ADaemonThatWasStoppedLearnsNothingFromIt) {
  const auto rate = [](Time) { return 4.0; };
  Simulation wire(poisson(random_, rate));
  wire.pass(weeks{3});
  const double before = wire.rhythm().usual_hours(kMonday, kMonday + weeks{1});
  wire.skip(days{3});
  wire.publish([](Time) { return 1U; });
  wire.pass(15min);
  wire.publish(poisson(random_, rate));
  wire.pass(15min);
  EXPECT_NEAR(wire.rhythm().usual_hours(kMonday, kMonday + weeks{1}), before, 1.0);
  EXPECT_EQ(wire.silences(), 0);
}

TEST_F(RhythmTest, NothingNewAfterAStopIsSilenceTheSame) {
  Simulation wire(poisson(random_, [](Time) { return 4.0; }));
  wire.pass(weeks{3});
  wire.skip(days{3});
  wire.publish([](Time) { return 0U; });
  wire.pass(15min);
  EXPECT_TRUE(wire.rhythm().silent()) << "what it published meanwhile would be new now";
}

TEST_F(RhythmTest, ASourceThatBecomesSlowerIsReportedAFewTimesOnly) {
  Simulation blog(poisson(random_, [](Time) { return 1.0; }));
  blog.pass(weeks{8});
  blog.publish(poisson(random_, [](Time) { return 1.0 / 72; }));
  blog.pass(weeks{12});
  EXPECT_GE(blog.silences(), 1);
  blog.pass(weeks{24});
  const int learning = blog.silences();
  EXPECT_LE(learning, 20);
  blog.pass(weeks{24});
  EXPECT_LE(blog.silences() - learning, 1);
}

TEST_F(RhythmTest, SummerTimeIsNotSilence) {
  Simulation office(
      poisson(random_, [](Time now) { return is_office(now + (now > kMonday + weeks{6} ? 1h : 0h)) ? 3.0 : 0.0; }));
  office.pass(weeks{10});
  EXPECT_EQ(office.silences(), 0);
}

TEST_F(RhythmTest, ARestartForgetsNothing) {
  Simulation one(poisson(random_, [](Time) { return 0.5; }));
  for (int week = 0; week < 4; ++week) {
    one.pass(weeks{1});
    const std::string saved = one.rhythm().save();
    one.restart();
    EXPECT_EQ(one.rhythm().save(), saved);
  }
  EXPECT_LT(one.rhythm().save().size(), 400U);
  ASSERT_TRUE(one.found_after_it_stops());
  one.restart();
  EXPECT_TRUE(one.rhythm().silent());
}

TEST_F(RhythmTest, WhatCannotBeReadIsANewRhythm) {
  const std::string fresh = Rhythm{}.save();
  EXPECT_EQ(Rhythm(std::string(fresh.size(), '\xff')).save(), fresh);
  EXPECT_EQ(Rhythm(fresh.substr(1)).save(), fresh);
  EXPECT_EQ(Rhythm("x").save(), fresh);
}

TEST_F(RhythmTest, AClockThatGoesBackIsSurvived) {
  Rhythm rhythm;
  rhythm.note(kMonday, true, Time{});
  rhythm.note(kMonday - weeks{1}, false, kMonday);
  rhythm.note(from_ms(-5), false, kMonday);
  rhythm.note(kMonday + weeks{500}, false, kMonday);
  EXPECT_FALSE(rhythm.silent());
}

TEST_F(RhythmTest, TheUsualHoursFollowTheWeek) {
  Simulation office(poisson(random_, [](Time now) { return is_office(now) ? 8.0 : 0.0; }));
  office.pass(weeks{12});
  const Time monday = kMonday + weeks{12};
  EXPECT_NEAR(office.rhythm().usual_hours(monday, monday + days{1}), 10, 1.5);
  EXPECT_NEAR(office.rhythm().usual_hours(monday + days{5}, monday + days{7}), 0, 0.1);
  EXPECT_NEAR(office.rhythm().usual_hours(monday, monday + weeks{10}), 500, 75);
  EXPECT_NEAR(office.rhythm().usual_hours(monday + 8h, monday + 8h + 30min), 0.5, 0.1);
}

}  // namespace
}  // namespace pw::schedule
