#pragma once
/// Coroutines of one loop that wait for a change.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <list>
#include <utility>

namespace pw::runtime {

/// Loop thread only; must outlive all waiters. A wait may end without a change, so it belongs in a loop that checks for
/// one.
class WaitList {
 public:
  using Instant = boost::asio::steady_timer::time_point;

  explicit WaitList(boost::asio::any_io_executor loop) : loop_(std::move(loop)) {}

  boost::asio::awaitable<void> wait_until(Instant until) {
    const Place place(waiting_, loop_, until);
    boost::system::error_code ignored;
    co_await place.timer->async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
  }
  boost::asio::awaitable<void> wait() { return wait_until(Instant::max()); }

  void wake_first() {
    if (!waiting_.empty()) waiting_.front().cancel();
  }
  void wake_all() {
    for (boost::asio::steady_timer& one : waiting_) one.cancel();
  }

 private:
  using Waiting = std::list<boost::asio::steady_timer>;
  /// A place in the list, removed even if the waiting coroutine is destroyed.
  struct Place {
    Place(Waiting& all, const boost::asio::any_io_executor& loop, Instant until)
        : list(all), timer(all.emplace(all.end(), loop, until)) {}
    ~Place() { list.erase(timer); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    Waiting& list;
    Waiting::iterator timer;
  };

  boost::asio::any_io_executor loop_;
  Waiting waiting_;
};

}  // namespace pw::runtime
