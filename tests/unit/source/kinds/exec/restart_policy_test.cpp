#include "source/kinds/exec/restart_policy.hpp"

#include <gtest/gtest.h>

namespace pw::exec {
namespace {

using namespace std::chrono_literals;

TEST(RestartPolicy, EachFailureDoublesThePauseThenTheCircuitOpens) {
  RestartPolicy policy;
  RestartPolicy::Moment now{};
  EXPECT_EQ(policy.wait(now), 0ms);
  for (const Milliseconds pause : {1s, 2s, 4s, 8s}) {
    policy.failed(now);
    EXPECT_EQ(policy.wait(now), pause);
    EXPECT_EQ(policy.wait(now + pause - 1ms), 1ms);
    now += pause;
    EXPECT_EQ(policy.wait(now), 0ms);
    EXPECT_FALSE(policy.open());
  }
  policy.failed(now);
  EXPECT_TRUE(policy.open());
  EXPECT_EQ(policy.wait(now), 10min);
  now += 10min;
  policy.failed(now);
  EXPECT_EQ(policy.wait(now), 10min) << "one attempt every ten minutes";
  policy.succeeded();
  EXPECT_FALSE(policy.open());
  EXPECT_EQ(policy.wait(now), 0ms);
}

}  // namespace
}  // namespace pw::exec
