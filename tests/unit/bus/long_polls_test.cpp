#include "bus/long_polls.hpp"

#include <gtest/gtest.h>

namespace pw::bus {
namespace {

using namespace std::chrono_literals;

ClientRequest waiting(const std::string& client, SteadyTime until) {
  ClientRequest out{.client = client, .frames = {"PWQ1", "{}"}};
  out.wait_until = until;
  return out;
}

TEST(LongPolls, EndWithTheirTimeInTheOrderInWhichTheyCame) {
  const SteadyTime now{1h};
  LongPolls polls;
  for (const auto& [name, wait] : {std::pair{"late", 9s}, {"second", 2s}, {"first", 1s}}) {
    ClientRequest one = waiting(name, now + wait);
    ASSERT_TRUE(polls.add(one));
  }
  EXPECT_EQ(polls.next(), now + 1s);
  EXPECT_TRUE(polls.take_over(now).empty());
  const auto over = polls.take_over(now + 2s);
  ASSERT_EQ(over.size(), 2U);
  EXPECT_EQ(over[0].client, "second");
  EXPECT_EQ(over[1].client, "first");
  EXPECT_EQ(polls.next(), now + 9s);
  EXPECT_EQ(polls.take_all().size(), 1U);
  EXPECT_FALSE(polls.next());
}

TEST(LongPolls, OneClientCannotTakeTheRoomOfTheOthers) {
  LongPolls polls({.per_client = 2, .total = 3});
  const auto add = [&](const std::string& client) {
    ClientRequest one = waiting(client, SteadyTime{1h});
    const bool added = polls.add(one);
    EXPECT_EQ(one.client.empty(), added);  // moved from, or left untouched
    return added;
  };
  EXPECT_TRUE(add("greedy"));
  EXPECT_TRUE(add("greedy"));
  EXPECT_FALSE(add("greedy"));
  EXPECT_TRUE(add("quiet"));
  EXPECT_FALSE(add("third"));
  polls.forget("greedy");
  EXPECT_EQ(polls.size(), 1U);
  EXPECT_TRUE(add("greedy"));
  EXPECT_TRUE(add("third"));
}

}  // namespace
}  // namespace pw::bus
