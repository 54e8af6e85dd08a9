#pragma once
/// Mutexes whose use clang checks when it compiles (-Wthread-safety; libstdc++'s own are not annotated). Each member
/// that a mutex protects says PW_GUARDED_BY(mutex_), and a function that wants its caller to hold the mutex says
/// PW_REQUIRES(mutex_). Other compilers see plain mutexes.

#include <chrono>
#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define PW_THREAD_SAFETY(attribute) __attribute__((attribute))
#else
#define PW_THREAD_SAFETY(attribute)
#endif

/// Of a member: read and written only by a thread that holds `mutex`.
#define PW_GUARDED_BY(mutex) PW_THREAD_SAFETY(guarded_by(mutex))
/// Of a function: its caller holds the mutex.
#define PW_REQUIRES(mutex) PW_THREAD_SAFETY(requires_capability(mutex))

namespace pw {

/// Locked by MutexLock only.
class PW_THREAD_SAFETY(capability("mutex")) Mutex {
 public:
  Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

 private:
  friend class MutexLock;
  friend class Condition;

  std::mutex mutex_;
};

/// Holds a mutex for as long as it lives.
class PW_THREAD_SAFETY(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) PW_THREAD_SAFETY(acquire_capability(mutex)) : lock_(mutex.mutex_) {}
  ~MutexLock() PW_THREAD_SAFETY(release_capability()) = default;
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  std::lock_guard<std::mutex> lock_;
};

/// What threads wait for that hold `mutex`, which is given up meanwhile. A wait may end without cause, so it stands in
/// a loop that looks at what is waited for: clang does not see into a predicate.
class Condition {
 public:
  void notify_one() noexcept { condition_.notify_one(); }
  void notify_all() noexcept { condition_.notify_all(); }

  void wait(Mutex& mutex) PW_REQUIRES(mutex) {
    std::unique_lock lock(mutex.mutex_, std::adopt_lock);
    condition_.wait(lock);
    lock.release();
  }

  /// False when `until` has come.
  bool wait_until(Mutex& mutex, std::chrono::steady_clock::time_point until) PW_REQUIRES(mutex) {
    std::unique_lock lock(mutex.mutex_, std::adopt_lock);
    const bool in_time = condition_.wait_until(lock, until) == std::cv_status::no_timeout;
    lock.release();
    return in_time;
  }

 private:
  std::condition_variable condition_;
};

}  // namespace pw
