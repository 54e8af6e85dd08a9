#include "runtime/from_callback.hpp"
#include "runtime/pool.hpp"
#include "runtime/spawn.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <stdexcept>

namespace pw::runtime {
namespace {

namespace asio = boost::asio;

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
