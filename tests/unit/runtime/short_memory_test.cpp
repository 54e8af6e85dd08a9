/// If memory runs out while a job is handed over, at most this job fails, never the process.
#include "runtime/from_callback.hpp"
#include "runtime/pool.hpp"
#include "runtime/spawn.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>
#include <stdexcept>
#include <thread>

namespace {

/// The number of allocations in this thread until one fails; 0: none fails.
thread_local int until_failure = 0;

bool fails_now() { return until_failure > 0 && --until_failure == 0; }

}  // namespace

void* operator new(std::size_t size) {
  void* memory = fails_now() ? nullptr : std::malloc(size != 0 ? size : 1);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

/// Asio allocates coroutines and posted work with it.
extern "C" void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  void* memory = nullptr;
  return fails_now() || ::posix_memalign(&memory, alignment, size) != 0 ? nullptr : memory;
}

namespace pw::runtime {
namespace {

namespace asio = boost::asio;

/// Awaits `job` in a new thread, which has no cached memory, and fails its `n`th allocation. True if the job received
/// that as an exception. In any case, the coroutine continues and the loop ends.
template <class Job>
bool runs_short(int n, const Job& job) {
  bool short_of_memory = false;
  bool ended = false;
  std::thread([&] {
    asio::io_context loop;
    TaskGroup group(loop.get_executor());
    auto task = [&]() -> asio::awaitable<void> {
      until_failure = n;
      try {
        co_await job();
      } catch (const std::bad_alloc&) {
        short_of_memory = true;
      }
      until_failure = 0;
      ended = true;
    };
    group.spawn(task(), "job");
    loop.run();
    EXPECT_EQ(group.size(), 0U);
  }).join();
  EXPECT_TRUE(ended) << "the coroutine was lost";
  return short_of_memory;
}

constexpr int kMostAllocations = 20;

TEST(ShortMemory, CostsTheJobThatCannotBeQueued) {
  Pool pool(1, {4, 1'000});
  int done = 0;
  auto job = [&]() -> asio::awaitable<void> {
    auto work = [&] { ++done; };
    co_await pool.run(work);
  };
  int failed = 0;
  for (int n = 1; n <= kMostAllocations; ++n) failed += runs_short(n, job) ? 1 : 0;
  EXPECT_GE(failed, 3) << "the frame of run(), the task, its place in the queue";
  EXPECT_EQ(done, kMostAllocations - failed);
  EXPECT_EQ(pool.backlog(), 0U);
}

TEST(ShortMemory, DoesNotKeepTheResultOfAJobFromTheLoop) {
  Pool pool(1, {4, 1'000});
  for (int n = 1; n <= 4; ++n) {
    int got = 0;
    auto job = [&]() -> asio::awaitable<void> {
      auto work = [n] {
        until_failure = n;  // in the pool's thread, which wakes the loop next
        return n;
      };
      got = co_await pool.run(work);
    };
    EXPECT_FALSE(runs_short(0, job));
    EXPECT_EQ(got, n);
  }
}

TEST(ShortMemory, CostsTheRequestThatCannotBeMade) {
  auto job = []() -> asio::awaitable<void> {
    auto start = [](const std::function<void(int)>& done) { done(7); };
    EXPECT_EQ(co_await from_callback<int>(start), 7);
  };
  int failed = 0;
  for (int n = 1; n <= kMostAllocations; ++n) failed += runs_short(n, job) ? 1 : 0;
  EXPECT_GE(failed, 3) << "the frame of from_callback(), what it waits with, the callback";
}

TEST(ShortMemory, DoesNotKeepTheAnswerOfAnotherThreadFromTheLoop) {
  for (int n = 1; n <= 4; ++n) {
    int got = 0;
    std::thread other;
    auto job = [&]() -> asio::awaitable<void> {
      auto start = [&](std::function<void(int)> done) {
        other = std::thread([n, done = std::move(done)] {
          until_failure = n;
          done(n);
        });
      };
      got = co_await from_callback<int>(start);
    };
    EXPECT_FALSE(runs_short(0, job));
    other.join();
    EXPECT_EQ(got, n);
  }
}

TEST(Pool, WorkAfterTheEndIsAnErrorOfWhoAsksForIt) {
  Pool pool(1, {4, 1'000});
  pool.join();
  bool refused = false;
  auto job = [&]() -> asio::awaitable<void> {
    auto work = [] {};
    try {
      co_await pool.run(work);
    } catch (const std::logic_error&) {
      refused = true;
    }
  };
  EXPECT_FALSE(runs_short(0, job));
  EXPECT_TRUE(refused);
}

}  // namespace
}  // namespace pw::runtime
