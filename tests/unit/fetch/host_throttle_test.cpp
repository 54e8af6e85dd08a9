#include "fetch/throttle/host_throttle.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

namespace pw::fetch {
namespace {

/// Four places: two for hosts that have not answered yet, one of them for hosts that timed out.
class HostThrottleTest : public testing::Test {
 protected:
  HostThrottleTest() : turns(std::make_shared<HostThrottle>(loop.get_executor(), limits(), clock)) {}

  ~HostThrottleTest() override {
    turns->cancel_all();
    settle();
  }

  static HostThrottle::Limits limits() { return {1, 4, Milliseconds{0}, Milliseconds{50}}; }

  /// Requests a slot, which is stored in `taken` when granted.
  void take(const std::string& host, bool urgent = false, const std::string& owner = "") {
    boost::asio::co_spawn(loop, turns->take(host, owner, urgent),
                          [this, host](std::exception_ptr, Result<HostThrottle::Slot> turn) {
                            if (turn) taken.insert_or_assign(host, std::move(*turn));
                          });
    settle();
  }
  /// Turns the visit to a host into one without a response, until the throttle aborts it.
  void hang(const std::string& host) {
    taken.at(host).asks() = [this, host] {
      turns->note_answer(host, false);
      boost::asio::post(loop, [this, host] { taken.erase(host); });
    };
  }
  void settle(Milliseconds time = Milliseconds{0}) {
    loop.restart();
    boost::asio::steady_timer until(loop, time);
    bool over = false;
    until.async_wait([&over](const boost::system::error_code&) { over = true; });
    while (!over) loop.run_one();
    loop.poll();
  }
  bool has(const std::string& host) const { return taken.contains(host); }

  SystemClock clock;
  boost::asio::io_context loop;
  std::shared_ptr<HostThrottle> turns;
  std::map<std::string, HostThrottle::Slot> taken;
};

TEST_F(HostThrottleTest, HostsThatNeverAnsweredHaveHalfOfThePlaces) {
  turns->note_answer("known", true);
  for (const char* host : {"a", "b", "c"}) take(host);
  EXPECT_TRUE(has("a") && has("b"));
  EXPECT_FALSE(has("c"));
  take("known");
  EXPECT_TRUE(has("known"));
  taken.erase("a");
  settle();
  EXPECT_TRUE(has("c"));
}

TEST_F(HostThrottleTest, SilentHostsLeaveRoomForAFirstVisit) {
  for (const char* host : {"s1", "s2"}) turns->note_answer(host, false);
  take("s1");
  take("s2");
  EXPECT_TRUE(has("s1"));
  EXPECT_FALSE(has("s2"));
  take("new");
  EXPECT_TRUE(has("new"));
}

TEST_F(HostThrottleTest, TheOneThatWasSilentLessOftenGoesFirst) {
  turns->note_answer("once", false);
  for (int i = 0; i < 3; ++i) turns->note_answer("often", false);
  turns->note_answer("first", false);
  take("first");
  take("often");
  take("once");
  taken.erase("first");
  settle();
  EXPECT_TRUE(has("once"));
  EXPECT_FALSE(has("often"));
}

TEST_F(HostThrottleTest, AFirstVisitWithoutAnAnswerMakesRoomForAnother) {
  take("h1");
  take("h2");
  hang("h1");
  hang("h2");
  settle(Milliseconds{80});
  EXPECT_TRUE(has("h1") && has("h2")) << "nobody waits";
  take("new");
  EXPECT_TRUE(has("new"));
  EXPECT_EQ(has("h1") + has("h2"), 1) << "one of them is enough";
}

TEST_F(HostThrottleTest, ASilentHostIsGivenItsTimeTheSecondTime) {
  turns->note_answer("slow", false);
  take("slow");
  hang("slow");
  take("a");
  take("b");
  EXPECT_FALSE(has("b"));
  settle(Milliseconds{80});
  EXPECT_TRUE(has("slow"));
}

TEST_F(HostThrottleTest, TheUrgentGoFirst) {
  for (const char* host : {"a", "b", "c", "d"}) take(host);
  take("page", true);
  taken.erase("a");
  settle();
  EXPECT_TRUE(has("page"));
  take("d", true);
  taken.erase("b");
  settle();
  EXPECT_TRUE(has("d"));
  EXPECT_FALSE(has("c"));
}

TEST_F(HostThrottleTest, WhatWasKnownBeforeTheStartCountsUntilTheFirstVisit) {
  turns->restore("dead1", 3);
  turns->restore("dead2", 3);
  turns->restore("good", 0);
  take("dead1");
  take("dead2");
  EXPECT_FALSE(has("dead2"));
  turns->note_answer("dead1", true);
  turns->restore("dead1", 9);
  taken.clear();
  settle();
  taken.clear();
  for (const char* host : {"a", "b", "good", "dead1"}) take(host);
  EXPECT_TRUE(has("good") && has("dead1"));
}

TEST_F(HostThrottleTest, AllWhoWaitHaveTheirTurnAndNoneIsLeftOver) {
  for (int i = 0; i < 40; ++i) {
    const std::string host = "h" + std::to_string(i);
    if (i % 3 == 0) turns->note_answer(host, i % 2 == 0);
    take(host, i % 5 == 0);
  }
  std::size_t ended = 0;
  for (int i = 0; i < 100 && !taken.empty(); ++i) {
    EXPECT_LE(turns->active(), 4U);
    taken.erase(taken.begin());
    ++ended;
    settle();
  }
  EXPECT_EQ(ended, 40U);
  EXPECT_EQ(turns->active(), 0U);
  EXPECT_EQ(turns->waiting(), 0U);
}

}  // namespace
}  // namespace pw::fetch
