#include "core/mutex.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace pw {
namespace {

using namespace std::chrono_literals;

struct Counter {
  Mutex mutex;
  Condition changed;
  int value PW_GUARDED_BY(mutex) = 0;

  void add(int count) {
    for (int i = 0; i < count; ++i) {
      const MutexLock lock(mutex);
      ++value;
    }
    changed.notify_all();
  }
};

TEST(Mutex, OneThreadAtATime) {
  Counter counter;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([&] { counter.add(20'000); });
  for (std::thread& one : threads) one.join();
  const MutexLock lock(counter.mutex);
  EXPECT_EQ(counter.value, 80'000);
}

TEST(Mutex, AWaitGivesTheMutexUpAndHasItAgainAfterwards) {
  Counter counter;
  std::thread other;
  {
    const MutexLock lock(counter.mutex);
    other = std::thread([&] { counter.add(1); });
    while (counter.value == 0) counter.changed.wait(counter.mutex);
    EXPECT_EQ(counter.value++, 1);
  }
  other.join();
}

TEST(Mutex, AWaitEndsWithItsTime) {
  Counter counter;
  const auto until = std::chrono::steady_clock::now() + 10ms;
  const MutexLock lock(counter.mutex);
  while (counter.value == 0 && counter.changed.wait_until(counter.mutex, until)) {
  }
  EXPECT_GE(std::chrono::steady_clock::now(), until);
}

}  // namespace
}  // namespace pw
