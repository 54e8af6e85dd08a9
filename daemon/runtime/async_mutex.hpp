#pragma once
/// Mutual exclusion between the coroutines of one loop.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <list>
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

  explicit AsyncMutex(boost::asio::any_io_executor loop) : loop_(std::move(loop)) {}

  boost::asio::awaitable<Lock> lock() {
    while (held_) {
      const Place place(waiting_, loop_);
      boost::system::error_code ignored;
      co_await place.timer->async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    }
    held_ = true;
    co_return Lock(this);
  }

 private:
  using Waiting = std::list<boost::asio::steady_timer>;
  /// A place in the queue, released even if the waiting coroutine is destroyed.
  struct Place {
    Place(Waiting& all, const boost::asio::any_io_executor& loop)
        : list(all), timer(all.emplace(all.end(), loop, boost::asio::steady_timer::time_point::max())) {}
    ~Place() { list.erase(timer); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    Waiting& list;
    Waiting::iterator timer;
  };

  void release() {
    held_ = false;
    if (!waiting_.empty()) waiting_.front().cancel();
  }

  boost::asio::any_io_executor loop_;
  bool held_ = false;
  Waiting waiting_;
};

}  // namespace pw::runtime
