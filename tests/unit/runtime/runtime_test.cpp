#include "fakes/caught_log.hpp"
#include "runtime/from_callback.hpp"
#include "runtime/pool.hpp"
#include "runtime/spawn.hpp"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace pw::runtime {
namespace {

namespace asio = boost::asio;
using testing::HasSubstr;
using testing::Not;

TEST(Pool, RunsElsewhereAndResumesOnTheLoop) {
  asio::io_context loop;
  Pool pool(2, 4);
  int sum = 0;
  bool thrown = false;
  auto ask = [&](int i) -> asio::awaitable<void> {
    auto work = [i, main = std::this_thread::get_id()] { return main == std::this_thread::get_id() ? -1 : i; };
    const int got = co_await pool.run(work);
    sum += got;
  };
  auto throwing = [&]() -> asio::awaitable<void> {
    auto work = [] { throw std::runtime_error("broken"); };
    try {
      co_await pool.run(work);
    } catch (const std::runtime_error&) {
      thrown = true;
    }
  };
  for (int i = 0; i < 100; ++i) spawn(loop.get_executor(), ask(i), "ask");
  spawn(loop.get_executor(), throwing(), "throwing");
  loop.run();
  EXPECT_EQ(sum, 4'950);
  EXPECT_TRUE(thrown);
  EXPECT_EQ(pool.backlog(), 0U);
}

TEST(Pool, OneThreadWorksInOrderAndSaysWhenMuchWaits) {
  asio::io_context loop;
  Pool pool(1, 2);
  std::promise<void> begun;
  std::promise<void> go_on;
  std::vector<int> order;
  auto first = [&]() -> asio::awaitable<void> {
    auto work = [&] {
      begun.set_value();
      go_on.get_future().wait();
      order.push_back(0);
    };
    co_await pool.run(work);
  };
  auto next = [&](int i) -> asio::awaitable<void> {
    auto work = [&order, i] { order.push_back(i); };
    co_await pool.run(work);
  };
  spawn(loop.get_executor(), first(), "first");
  loop.poll();
  begun.get_future().wait();
  EXPECT_FALSE(pool.saturated());
  for (int i = 1; i <= 3; ++i) spawn(loop.get_executor(), next(i), "next");
  loop.poll();
  EXPECT_EQ(pool.backlog(), 3U);
  EXPECT_TRUE(pool.saturated());
  go_on.set_value();
  pool.join();  // returns after all accepted work
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3}));
  EXPECT_EQ(pool.backlog(), 0U);
  loop.run();
}

TEST(Pool, HasAThreadForEachCoreUnlessTold) {
  EXPECT_GE(Pool(0, 1).threads(), 1U);
  EXPECT_EQ(Pool(3, 1).threads(), 3U);
}

TEST(Spawn, AnExceptionIsLoggedByTheNameAndACancellationIsNot) {
  const test::CaughtLog log;
  asio::io_context loop;
  auto failing = []() -> asio::awaitable<void> {
    throw std::runtime_error("out of\x1b paper");
    co_return;
  };
  auto odd = []() -> asio::awaitable<void> {
    throw 7;  // NOLINT(hicpp-exception-baseclass): what nobody expects
    co_return;
  };
  auto waiting = []() -> asio::awaitable<void> {
    asio::steady_timer timer(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
    co_await timer.async_wait(asio::use_awaitable);
  };
  spawn(loop.get_executor(), failing(), "printer");
  spawn(loop.get_executor(), odd(), "oddity");
  TaskGroup group(loop.get_executor());
  group.spawn(waiting(), "patience");
  group.cancel();
  loop.run();
  EXPECT_THAT(log.text(), HasSubstr("printer ended: out of\\x1b paper"));
  EXPECT_THAT(log.text(), HasSubstr("oddity ended with an unknown exception"));
  EXPECT_THAT(log.text(), Not(HasSubstr("patience")));
}

TEST(FromCallback, BringsTheAnswerOfAnotherThread) {
  asio::io_context loop;
  std::thread other;
  std::string got;
  auto ask = [&]() -> asio::awaitable<void> {
    auto start = [&](auto done) { other = std::thread([done] { done("answer"); }); };
    got = co_await from_callback<std::string>(start);
  };
  spawn(loop.get_executor(), ask(), "ask");
  loop.run();
  other.join();
  EXPECT_EQ(got, "answer");
}

TEST(TaskGroup, CancelsAndAwaitsAll) {
  asio::io_context loop;
  TaskGroup group(loop.get_executor());
  bool over = false;
  auto sleep = []() -> asio::awaitable<void> {
    asio::steady_timer timer(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
    co_await timer.async_wait(asio::use_awaitable);
  };
  auto wait = [&]() -> asio::awaitable<void> {
    co_await group.wait();
    over = true;
  };
  for (int i = 0; i < 10; ++i) group.spawn(sleep(), "sleep");
  spawn(loop.get_executor(), wait(), "wait");
  loop.poll();
  EXPECT_FALSE(over);
  EXPECT_EQ(group.size(), 10U);
  group.cancel();
  group.spawn(sleep(), "late");
  loop.run();
  EXPECT_TRUE(over);
  EXPECT_EQ(group.size(), 0U);
}

}  // namespace
}  // namespace pw::runtime
