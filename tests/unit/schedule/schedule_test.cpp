#include "schedule/interval.hpp"
#include "schedule/scheduler.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pw::schedule {
namespace {

using Keys = std::vector<SourceKey>;

Instant at(std::int64_t ms) { return Instant{} + Milliseconds{ms}; }

TEST(Scheduler, GivesTheLongestOverdueFirstAndNoMoreThanAsked) {
  Scheduler scheduler;
  scheduler.add(1, at(30));
  scheduler.add(2, at(10));
  scheduler.add(3, at(20));
  scheduler.add(4, at(99));
  EXPECT_EQ(scheduler.next_due(), at(10));
  EXPECT_EQ(scheduler.take_due(at(50), 2), (Keys{2, 3}));
  EXPECT_EQ(scheduler.take_due(at(50), 9), (Keys{1}));
  EXPECT_EQ(scheduler.size(), 1U);
}

TEST(Scheduler, MovesAndRemoves) {
  Scheduler scheduler;
  for (SourceKey key = 0; key < 100; ++key) scheduler.add(key, at(static_cast<std::int64_t>(key * 37 % 101)));
  scheduler.set(7, at(-5));
  scheduler.set(8, at(1'000));
  scheduler.remove(9);
  scheduler.remove(9'999);
  const Keys all = scheduler.take_due(at(2'000), 1'000);
  ASSERT_EQ(all.size(), 99U);
  EXPECT_EQ(all.front(), 7U);
  EXPECT_EQ(all.back(), 8U);
  for (std::size_t i = 2; i + 1 < all.size(); ++i) EXPECT_LT(all[i - 1] * 37 % 101, all[i] * 37 % 101);
  EXPECT_EQ(scheduler.next_due(), std::nullopt);
}

TEST(Interval, IsHalfTheMedianGapWithinItsBounds) {
  IntervalInput input;
  input.recent_items = {from_ms(0), from_ms(1'200'000), from_ms(2'400'000)};
  EXPECT_EQ(next_interval(input), Milliseconds{600'000});
  input.min = Milliseconds{700'000};
  EXPECT_EQ(next_interval(input), Milliseconds{700'000});
  input.min = Milliseconds{1'000};
  input.max = Milliseconds{500'000};
  EXPECT_EQ(next_interval(input), Milliseconds{500'000});
}

TEST(Interval, IsFlooredByWhatTheServerSays) {
  IntervalInput input;
  input.ttl = Milliseconds{3'600'000};
  EXPECT_EQ(next_interval(input), Milliseconds{3'600'000});
  input.retry_after = Milliseconds{2 * 24 * 3'600'000};
  EXPECT_EQ(next_interval(input), *input.retry_after);
}

TEST(Interval, EasesWithoutNewsAndBacksOffOnFailures) {
  IntervalInput input;
  input.unchanged_in_row = 4;
  EXPECT_EQ(next_interval(input), 2 * input.base);
  IntervalInput failing;
  failing.base = failing.min;
  failing.failures_in_row = 3;
  EXPECT_EQ(next_interval(failing), 8 * failing.min);
  failing.failures_in_row = 4'000'000'000U;
  EXPECT_EQ(next_interval(failing), failing.max);
}

}  // namespace
}  // namespace pw::schedule
