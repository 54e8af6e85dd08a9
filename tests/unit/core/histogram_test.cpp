#include "core/histogram.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace pw {
namespace {

using namespace std::chrono_literals;

TEST(TimeHistogram, ADurationBelongsToTheFirstBucketThatIsNotBelowIt) {
  TimeHistogram histogram;
  histogram.note(1ms);  // a bound belongs to its bucket
  histogram.note(1001us);
  histogram.note(10min);
  const Distribution read = histogram.read();
  EXPECT_EQ(read.counts.front(), 1U);
  EXPECT_EQ(read.counts[1], 1U);
  EXPECT_EQ(read.counts.back(), 1U);
  EXPECT_EQ(read.total(), 3U);
  EXPECT_NEAR(read.seconds, 600.002001, 1e-9);
}

TEST(TimeHistogram, ANegativeDurationIsZero) {
  TimeHistogram histogram;
  histogram.note(-5s);
  EXPECT_EQ(histogram.read().counts.front(), 1U);
  EXPECT_EQ(histogram.read().seconds, 0);
}

TEST(TimeHistogram, ThreadsLoseNothing) {
  TimeHistogram histogram;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 10'000; ++n) histogram.note(2ms);
    });
  }
  threads.clear();
  EXPECT_EQ(histogram.read().total(), 40'000U);
  EXPECT_NEAR(histogram.read().seconds, 80, 1e-6);
}

}  // namespace
}  // namespace pw
