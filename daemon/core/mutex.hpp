#pragma once
/// Mutexes checked by clang's thread-safety analysis at compile time (-Wthread-safety); those of libstdc++ are not
/// annotated. Declare each protected member with PW_GUARDED_BY(mutex_), and each function whose caller must hold the
/// mutex with PW_REQUIRES(mutex_). Other compilers see plain mutexes.

#include <chrono>
#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define PW_THREAD_SAFETY(attribute) __attribute__((attribute))
#else
#define PW_THREAD_SAFETY(attribute)
#endif

/// For a member: accessed only by a thread that holds `mutex`.
#define PW_GUARDED_BY(mutex) PW_THREAD_SAFETY(guarded_by(mutex))
/// For a function: the caller must hold the mutex.
#define PW_REQUIRES(mutex) PW_THREAD_SAFETY(requires_capability(mutex))

namespace pw {

/// Lock it with MutexLock only.
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

/// Holds a mutex during its lifetime.
class PW_THREAD_SAFETY(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) PW_THREAD_SAFETY(acquire_capability(mutex)) : lock_(mutex.mutex_) {}
  ~MutexLock() PW_THREAD_SAFETY(release_capability()) = default;
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  std::lock_guard<std::mutex> lock_;
};

/// A condition variable; waiting releases `mutex` meanwhile. Wake-ups may be spurious, so wait in a loop that checks
/// the condition. There is no overload with a predicate, because clang does not analyse it.
class Condition {
 public:
  void notify_one() noexcept { condition_.notify_one(); }
  void notify_all() noexcept { condition_.notify_all(); }

  void wait(Mutex& mutex) PW_REQUIRES(mutex) {
    std::unique_lock lock(mutex.mutex_, std::adopt_lock);
    condition_.wait(lock);
    lock.release();
  }

  /// False on timeout.
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
