#include "pipeline/side_by_side.hpp"

#include "pipeline/commit_order.hpp"
#include "runtime/spawn.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <stdexcept>

namespace pw::pipeline {
namespace {

using boost::asio::awaitable;
using namespace std::chrono_literals;
using testing::ElementsAre;

class SideBySideTest : public testing::Test {
 protected:
  /// Runs tasks with these hosts; each waits until the test opens it.
  void run(const std::vector<std::string>& hosts, std::size_t width, std::size_t most) {
    auto work = [this](std::size_t number) { return piece(number); };
    auto task = [](SideBySideTest& test, std::vector<Lane> lanes, std::size_t at_most,
                   std::function<awaitable<void>(std::size_t)> each) -> awaitable<void> {
      try {
        co_await run_side_by_side(test.loop_.get_executor(), std::move(lanes), at_most, std::move(each));
      } catch (const std::runtime_error&) {
        test.threw_ = true;
      }
      test.over_ = true;
    };
    runtime::spawn(loop_.get_executor(), task(*this, to_lanes(hosts, width, 8), most, std::move(work)), "all");
    loop_.poll();
  }
  awaitable<void> piece(std::size_t number) {
    begun_.push_back(number);
    boost::asio::steady_timer timer(loop_, boost::asio::steady_timer::time_point::max());
    open_[number] = &timer;
    boost::system::error_code ignored;
    co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    if (number == failing_) throw std::runtime_error("failed");
  }
  void finish(std::size_t number) {
    open_.at(number)->cancel();
    loop_.poll();
  }

  boost::asio::io_context loop_;
  std::map<std::size_t, boost::asio::steady_timer*> open_;
  std::vector<std::size_t> begun_;
  std::size_t failing_ = 1000;
  bool over_ = false;
  bool threw_ = false;
};

TEST_F(SideBySideTest, OneHostIsAskedForOnePageAfterTheOther) {
  run({"a", "a", "b"}, 1, 16);
  EXPECT_THAT(begun_, ElementsAre(0, 2)) << "the page of another host does not wait";
  finish(2);
  EXPECT_FALSE(over_);
  finish(0);
  EXPECT_THAT(begun_, ElementsAre(0, 2, 1));
  finish(1);
  EXPECT_TRUE(over_);
}

TEST_F(SideBySideTest, AHostThatMayBeAskedTwiceAtATimeIs) {
  run({"a", "a", "a"}, 2, 16);
  EXPECT_THAT(begun_, ElementsAre(0, 1));
}

TEST_F(SideBySideTest, NoMoreLanesRunThanAllowed) {
  run({"a", "b", "c"}, 1, 2);
  EXPECT_THAT(begun_, ElementsAre(0, 1));
  finish(1);
  EXPECT_THAT(begun_, ElementsAre(0, 1, 2));
}

TEST_F(SideBySideTest, APieceThatThrowsCostsItself) {
  failing_ = 0;
  run({"a", "a"}, 1, 16);
  finish(0);
  EXPECT_THAT(begun_, ElementsAre(0, 1));
  EXPECT_FALSE(over_);
  finish(1);
  EXPECT_TRUE(over_ && threw_);
}

TEST_F(SideBySideTest, NothingToDoIsOverAtOnce) {
  run({}, 1, 16);
  EXPECT_TRUE(over_);
}

class CommitOrderTest : public testing::Test {
 protected:
  void wait(CommitOrder& order, std::size_t number) {
    auto task = [](CommitOrder& all, std::size_t one, std::vector<std::size_t>& passed) -> awaitable<void> {
      co_await all.turn(one);
      passed.push_back(one);
      all.done(one);
    };
    runtime::spawn(loop_.get_executor(), task(order, number, passed_), "turn");
    loop_.poll();
  }

  boost::asio::io_context loop_;
  std::vector<std::size_t> passed_;
};

TEST_F(CommitOrderTest, WhatIsReadyFirstWaitsForTheOlder) {
  CommitOrder order(loop_.get_executor(), 3, 1h);
  for (std::size_t i = 0; i < 3; ++i) order.begin(i);
  wait(order, 2);
  wait(order, 1);
  EXPECT_TRUE(passed_.empty());
  wait(order, 0);
  EXPECT_THAT(passed_, ElementsAre(0, 1, 2));
}

TEST_F(CommitOrderTest, NobodyWaitsForWhatHasNotBegun) {
  CommitOrder order(loop_.get_executor(), 2, 1h);
  order.begin(1);
  wait(order, 1);
  EXPECT_THAT(passed_, ElementsAre(1));
}

TEST_F(CommitOrderTest, NobodyWaitsLongerThanThePatience) {
  CommitOrder order(loop_.get_executor(), 2, 20ms);
  order.begin(0);
  order.begin(1);
  wait(order, 1);
  EXPECT_TRUE(passed_.empty());
  loop_.run();
  EXPECT_THAT(passed_, ElementsAre(1));
}

}  // namespace
}  // namespace pw::pipeline
