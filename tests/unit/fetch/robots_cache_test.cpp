/// How many robots.txt are remembered, and for how long.
#include "fetch/robots/robots_cache.hpp"

#include "fakes/fake_clock.hpp"

#include <gtest/gtest.h>
#include <spdlog/fmt/fmt.h>

#include <string>

namespace pw::fetch {
namespace {

using namespace std::chrono_literals;

class RobotsCacheTest : public testing::Test {
 protected:
  void keep(const std::string& origin, const std::string& body = "User-agent: *\nDisallow: /x\n") {
    cache_.keep(origin, 200, Robots::parse(body));
  }

  test::FakeClock clock_;
  RobotsCache cache_{clock_};
};

TEST_F(RobotsCacheTest, AHundredDaysOfNewHostsLeaveThoseOfTheLastDays) {
  constexpr int kOfADay = 400;
  for (int day = 0; day < 100; ++day) {
    for (int i = 0; i < kOfADay; ++i) keep(fmt::format("https://{}.{}.example", day, i));
    clock_.pass(Milliseconds{24h});
  }
  EXPECT_LE(cache_.size(), 2 * 3U * kOfADay);
  EXPECT_LE(cache_.bytes(), cache_.size() * 1'000);
}

TEST_F(RobotsCacheTest, LongFilesAreRememberedUpToALimit) {
  std::string body = "User-agent: *\n";
  while (body.size() < kMaxRobotsBytes / 2) body += fmt::format("Disallow: /section/{}\n", body.size());
  for (int i = 0; i < 100; ++i) {
    const std::string origin = fmt::format("https://{}.example", i);
    keep(origin, body);
    ASSERT_LE(cache_.bytes(), RobotsCache::kMostBytes);
    ASSERT_NE(cache_.find(origin), nullptr);
  }
  EXPECT_LT(cache_.size(), 100U);
  EXPECT_GT(cache_.bytes(), RobotsCache::kMostBytes / 2);
}

TEST_F(RobotsCacheTest, AnAnswerThatIsReplacedCountsOnce) {
  for (int i = 0; i < 3; ++i) keep("https://paper.example");
  const std::size_t once = cache_.bytes();
  keep("https://other.example");
  EXPECT_EQ(cache_.bytes(), 2 * once);
  cache_.keep("https://other.example", 404, std::nullopt);
  EXPECT_EQ(cache_.bytes(), once);
}

TEST_F(RobotsCacheTest, RulesOutliveAServerThatFailsForADay) {
  keep("https://paper.example");
  clock_.pass(Milliseconds{25h});
  EXPECT_EQ(cache_.find("https://paper.example"), nullptr);
  for (int i = 0; i < 2'000; ++i) keep(fmt::format("https://{}.example", i));
  EXPECT_EQ(cache_.keep("https://paper.example", 503, std::nullopt)->verdict, RobotsCache::Verdict::rules);
}

}  // namespace
}  // namespace pw::fetch
