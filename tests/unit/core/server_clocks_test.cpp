#include "core/server_clocks.hpp"

#include "fakes/fake_clock.hpp"

#include <gtest/gtest.h>

#include <string>

namespace pw {
namespace {

using namespace std::chrono_literals;

class ServerClocksTest : public testing::Test {
 protected:
  void hear(const std::string& host, Milliseconds ahead) { clocks_.note(host, clock_.now() + ahead, clock_.steady()); }
  [[nodiscard]] std::optional<Milliseconds> behind() const { return clocks_.behind(clock_.now(), clock_.steady()); }

  test::FakeClock clock_;
  ServerClocks clocks_;
};

TEST_F(ServerClocksTest, TwoHostsProveNothing) {
  hear("a.example", 2h);
  hear("b.example", 2h);
  hear("a.example", 2h);
  EXPECT_EQ(behind(), std::nullopt);
  EXPECT_EQ(clocks_.hosts(), 2U);
}

TEST_F(ServerClocksTest, OneWrongHostDoesNotCount) {
  hear("a.example", 1s);
  hear("b.example", 24h * 365);
  hear("c.example", 2s);
  EXPECT_EQ(behind(), 2s);
}

TEST_F(ServerClocksTest, AClockThatIsSetRightIsRightAtOnce) {
  for (const char* host : {"a.example", "b.example", "c.example"}) hear(host, 1h);
  clock_.pass(10min);
  EXPECT_EQ(behind(), 1h);
  clock_.set(clock_.now() + 1h);
  EXPECT_EQ(behind(), 0s);
  clock_.set(clock_.now() + 30min);
  EXPECT_EQ(behind(), -30min);
}

TEST_F(ServerClocksTest, OnlyTheLatestHostsAreKept) {
  for (int number = 0; number < 100; ++number) hear(std::to_string(number) + ".example", number < 36 ? 1h : 0h);
  EXPECT_EQ(clocks_.hosts(), 64U);
  EXPECT_EQ(behind(), 0s);
}

}  // namespace
}  // namespace pw
