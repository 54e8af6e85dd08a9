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
#include <utility>
#include <vector>

namespace pw::runtime {
namespace {

namespace asio = boost::asio;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(Pool, RunsElsewhereAndResumesOnTheLoop) {
  asio::io_context loop;
  Pool pool(2, {4, 1'000});
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

/// A pool of one thread, which is busy until open().
class BusyPoolTest : public testing::Test {
 protected:
  BusyPoolTest() {
    auto block = [this]() -> asio::awaitable<void> {
      auto work = [this] {
        begun_.set_value();
        opened_.get_future().wait();
      };
      co_await pool_.run_first(work);
    };
    spawn(loop_.get_executor(), block(), "block");
    loop_.poll();
    begun_.get_future().wait();
  }
  ~BusyPoolTest() override {
    open();
    pool_.join();
  }

  void open() {
    if (!std::exchange(is_open_, true)) opened_.set_value();
  }
  void give(int task, std::size_t bytes) {
    group_.spawn(note(task, bytes), "task");
    poll();
  }
  void poll() {
    loop_.restart();
    loop_.poll();
  }
  void run() {
    loop_.restart();
    loop_.run();
  }

  asio::awaitable<void> note(int task, std::size_t bytes) {
    auto work = [this, task] { order_.push_back(task); };
    co_await pool_.run(work, bytes);
  }

  asio::io_context loop_;
  TaskGroup group_{loop_.get_executor()};
  Pool pool_{1, {2, 100}};
  std::promise<void> begun_;
  std::promise<void> opened_;
  bool is_open_ = false;
  std::vector<int> order_;
};

TEST_F(BusyPoolTest, WorkBeyondTheCapacityWaitsAndIsDoneInOrder) {
  for (int task = 1; task <= 5; ++task) give(task, 10);
  EXPECT_EQ(pool_.load().tasks, 2U);
  EXPECT_EQ(pool_.load().bytes, 20U);
  EXPECT_EQ(pool_.load().waiting, 3U);
  EXPECT_EQ(pool_.backlog(), 2U);
  open();
  run();
  EXPECT_THAT(order_, ElementsAre(1, 2, 3, 4, 5));
  EXPECT_EQ(pool_.load().tasks, 0U);
  EXPECT_EQ(pool_.load().bytes, 0U);
}

TEST_F(BusyPoolTest, ItsBytesAreBoundedToo) {
  give(1, 90);
  give(2, 90);
  EXPECT_EQ(pool_.load().bytes, 90U);
  EXPECT_EQ(pool_.load().waiting, 1U);
  open();
  run();
  EXPECT_THAT(order_, ElementsAre(1, 2));
}

TEST_F(BusyPoolTest, SomeWorkGoesFirstWhateverTheLoad) {
  for (int task = 1; task <= 3; ++task) give(task, 90);
  auto urgent = [this]() -> asio::awaitable<void> {
    auto work = [this] { order_.push_back(0); };
    co_await pool_.run_first(work);
  };
  group_.spawn(urgent(), "urgent");
  poll();
  open();
  run();
  EXPECT_THAT(order_, ElementsAre(0, 1, 2, 3));
}

TEST_F(BusyPoolTest, RoomIsThereOnceNothingWaits) {
  int fetched = 0;
  auto fetch = [&]() -> asio::awaitable<void> {
    co_await pool_.room();
    ++fetched;
  };
  group_.spawn(fetch(), "fetch");
  poll();
  EXPECT_EQ(fetched, 1) << "the pool is busy, but takes more";
  for (int task = 1; task <= 3; ++task) give(task, 60);
  group_.spawn(fetch(), "fetch");
  poll();
  EXPECT_EQ(fetched, 1);
  open();
  run();
  EXPECT_EQ(fetched, 2);
  EXPECT_EQ(pool_.load().tasks, 0U);
}

TEST_F(BusyPoolTest, AtAStopWhatWaitsIsCancelledAndWhatIsAcceptedIsDone) {
  for (int task = 1; task <= 5; ++task) give(task, 10);
  group_.cancel();
  poll();
  EXPECT_EQ(pool_.load().waiting, 0U);
  EXPECT_EQ(group_.size(), 2U);
  open();
  pool_.join();  // returns after all accepted work
  EXPECT_THAT(order_, ElementsAre(1, 2));
  EXPECT_EQ(pool_.backlog(), 0U);
  run();
  EXPECT_EQ(group_.size(), 0U);
  EXPECT_EQ(pool_.load().tasks, 0U);
}

TEST(Pool, HasAThreadForEachCoreUnlessTold) {
  EXPECT_GE(Pool(0, {1, 1}).threads(), 1U);
  EXPECT_EQ(Pool(3, {1, 1}).threads(), 3U);
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
