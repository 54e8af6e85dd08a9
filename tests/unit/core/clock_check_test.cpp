#include "core/clock_check.hpp"

#include "fakes/fake_clock.hpp"

#include <gtest/gtest.h>

namespace pw {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

constexpr Milliseconds kTwoYears = days{730};

class ClockCheckTest : public testing::Test {
 protected:
  /// Lets time pass and checks the clock every second, like the daemon.
  ClockCheck::State after(ClockCheck& check, Milliseconds time) {
    for (; time >= 1s; time -= 1s) {
      clock_.pass(1s);
      check.look();
    }
    clock_.pass(time);
    return check.look();
  }

  test::FakeClock clock_;
  static constexpr ClockCheck::Limits kLimits{24h, 24h};
};

TEST_F(ClockCheckTest, BelievesAClockThatRuns) {
  ClockCheck check(clock_, kLimits, std::nullopt);
  const ClockCheck::State state = after(check, 1h);
  EXPECT_TRUE(state.trusted);
  EXPECT_EQ(state.steps, 0U);
  EXPECT_EQ(state.believed, clock_.now());
}

TEST_F(ClockCheckTest, SeesAStepBackAndWhen) {
  ClockCheck check(clock_, kLimits, std::nullopt);
  after(check, 10s);
  const Time expected = clock_.now();
  clock_.step(-1h);
  const ClockCheck::State state = check.look();
  EXPECT_EQ(state.steps, 1U);
  ASSERT_TRUE(state.last_step);
  EXPECT_EQ(to_string(*state.last_step), "the clock went back by 1h at " + to_iso8601(expected));
  EXPECT_TRUE(state.trusted) << "an hour is within the tolerance";
  EXPECT_EQ(after(check, 10s).steps, 1U);
}

TEST_F(ClockCheckTest, DoubtsALongStepUntilTheClockIsRightAgain) {
  for (const Milliseconds by : {kTwoYears, -days{300} + 0ms}) {
    ClockCheck check(clock_, kLimits, std::nullopt);
    after(check, 10s);
    const Time right = clock_.now();
    clock_.step(by);
    ClockCheck::State state = check.look();
    EXPECT_FALSE(state.trusted);
    EXPECT_EQ(state.now, clock_.now());
    EXPECT_EQ(state.believed, right);
    EXPECT_EQ(state.confirmed_in, 24h);
    state = after(check, 1h);
    EXPECT_FALSE(state.trusted);
    EXPECT_EQ(state.believed, right + 1h);
    EXPECT_EQ(state.confirmed_in, 23h);
    clock_.step(-by);
    EXPECT_TRUE(check.look().trusted);
  }
}

TEST_F(ClockCheckTest, BelievesALongStepThatTheClockKeepsTo) {
  ClockCheck check(clock_, kLimits, std::nullopt);
  clock_.step(kTwoYears);
  check.look();
  EXPECT_FALSE(after(check, 23h).trusted);
  EXPECT_TRUE(after(check, 1h).trusted);
  EXPECT_TRUE(after(check, 1h).trusted);
}

TEST_F(ClockCheckTest, WaitsAnewForASecondStep) {
  ClockCheck check(clock_, kLimits, std::nullopt);
  clock_.step(kTwoYears);
  after(check, 20h);
  clock_.step(kTwoYears);
  EXPECT_FALSE(after(check, 20h).trusted);
  EXPECT_TRUE(after(check, 5h).trusted);
}

TEST_F(ClockCheckTest, AClockThatRunsTooFastIsDoubted) {
  ClockCheck check(clock_, kLimits, std::nullopt);
  for (int minute = 0; minute < 120; ++minute) {
    clock_.pass(1min);
    clock_.step(16h);
    check.look();
  }
  EXPECT_FALSE(check.look().trusted);
}

TEST_F(ClockCheckTest, ANightlySleepIsNoReasonForDoubt) {
  ClockCheck check(clock_, kLimits, std::nullopt);
  for (int day = 0; day < 10; ++day) {
    clock_.step(8h);
    EXPECT_TRUE(after(check, 16h).trusted) << day;
  }
}

TEST_F(ClockCheckTest, AStartFarFromTheLastRunIsDoubted) {
  const Time last = clock_.now();
  clock_.pass(1h);
  EXPECT_TRUE(ClockCheck(clock_, kLimits, last).look().trusted);
  clock_.step(kTwoYears);
  ClockCheck ahead(clock_, kLimits, last);
  EXPECT_FALSE(ahead.look().trusted);
  EXPECT_EQ(ahead.look().steps, 0U);
  EXPECT_TRUE(after(ahead, 24h).trusted);
  clock_.step(-2 * kTwoYears / 3);
  EXPECT_FALSE(ClockCheck(clock_, kLimits, last + kTwoYears).look().trusted);
}

TEST_F(ClockCheckTest, AClockThatWasNeverSetIsNotBelieved) {
  clock_.set(from_ms(0));
  ClockCheck fresh(clock_, kLimits, std::nullopt);
  EXPECT_FALSE(after(fresh, 1min).trusted);
  clock_.set(from_ms(1'760'000'000'000));
  EXPECT_TRUE(fresh.look().trusted) << "nothing else was ever believed";
  clock_.set(from_ms(0));
  EXPECT_FALSE(fresh.look().trusted);
  EXPECT_FALSE(after(fresh, 48h).trusted);
}

}  // namespace
}  // namespace pw
