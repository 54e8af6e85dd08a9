#include "core/log/rate_limit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace pw::log {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using LeftOut = RateLimit::LeftOut;

class RateLimitTest : public ::testing::Test {
 protected:
  /// How many of `lines` are admitted.
  std::uint64_t log(std::uint64_t lines, const std::string& source, const std::string& id = "page-unreadable") {
    std::uint64_t out = 0;
    for (; lines > 0; --lines) out += limit_.admit(id, source, now_, reported_) ? 1 : 0;
    return out;
  }

  RateLimit limit_;
  RateLimit::Instant now_{1h};
  std::vector<LeftOut> reported_;
};

TEST_F(RateLimitTest, ABurstIsLoggedAndTheRestIsCountedOnce) {
  EXPECT_EQ(log(25, "wire"), RateLimit::kBurst);
  EXPECT_THAT(limit_.take_left_out(now_), IsEmpty()) << "the minute has not passed";
  now_ += RateLimit::kWindow;
  EXPECT_THAT(limit_.take_left_out(now_), ElementsAre(LeftOut{"page-unreadable", "wire", 15}));
  EXPECT_THAT(limit_.take_left_out(now_), IsEmpty());
  EXPECT_EQ(log(1, "wire"), 1U);
}

TEST_F(RateLimitTest, EachSourceAndEachMessageHasItsOwnCount) {
  EXPECT_EQ(log(20, "wire"), RateLimit::kBurst);
  EXPECT_EQ(log(5, "desk"), 5U);
  EXPECT_EQ(log(5, "wire", "poll-failed"), 5U);
  EXPECT_EQ(log(5, ""), 5U);
}

TEST_F(RateLimitTest, WhatWasLeftOutIsReportedBeforeTheNextLineOfItsCause) {
  EXPECT_EQ(log(12, "wire"), RateLimit::kBurst);
  now_ += RateLimit::kWindow + 1s;
  EXPECT_THAT(reported_, IsEmpty());
  EXPECT_EQ(log(1, "wire"), 1U);
  EXPECT_THAT(reported_, ElementsAre(LeftOut{"page-unreadable", "wire", 2}));
}

TEST_F(RateLimitTest, ManySourcesAtOnceShareALimitToo) {
  std::uint64_t logged = 0;
  for (int n = 0; n < 2000; ++n) logged += log(1, "source" + std::to_string(n));
  EXPECT_EQ(logged, RateLimit::kBurstOfAll);
  EXPECT_THAT(limit_.take_left_out(now_, true),
              ElementsAre(LeftOut{"page-unreadable", RateLimit::kAllSources, 2000 - RateLimit::kBurstOfAll}));
}

TEST_F(RateLimitTest, NothingIsLostAtAStop) {
  EXPECT_EQ(log(11, "wire"), RateLimit::kBurst);
  EXPECT_THAT(limit_.take_left_out(now_, true), ElementsAre(LeftOut{"page-unreadable", "wire", 1}));
}

}  // namespace
}  // namespace pw::log
