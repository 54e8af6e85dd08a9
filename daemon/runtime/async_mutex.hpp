#pragma once
/// Mutual exclusion between the coroutines of one loop.

#include "runtime/wait_list.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <utility>

namespace pw::runtime {

/// A FIFO mutex. Loop thread only; must outlive its holder and all waiters.
class AsyncMutex {
 public:
  /// Releases the mutex when it is destroyed.
  class Lock {
   public:
    explicit Lock(AsyncMutex* owner) : owner_(owner) {}
    Lock(Lock&& other) noexcept : owner_(std::exchange(other.owner_, nullptr)) {}
    Lock& operator=(Lock&&) = delete;
    ~Lock() {
      if (owner_ != nullptr) owner_->release();
    }

   private:
    AsyncMutex* owner_;
  };

  explicit AsyncMutex(boost::asio::any_io_executor loop) : waiting_(std::move(loop)) {}

  boost::asio::awaitable<Lock> lock() {
    while (held_) co_await waiting_.wait();
    held_ = true;
    co_return Lock(this);
  }

 private:
  void release() {
    held_ = false;
    waiting_.wake_first();
  }

  bool held_ = false;
  WaitList waiting_;
};

}  // namespace pw::runtime
