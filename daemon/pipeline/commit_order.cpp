#include "pipeline/commit_order.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace pw::pipeline {

namespace {

/// A place in the list of waiting coroutines. Removed even if the coroutine is destroyed.
struct Waiter {
  Waiter(std::list<boost::asio::steady_timer>& all, const boost::asio::any_io_executor& loop,
         CommitOrder::Instant until)
      : list(all), timer(all.emplace(all.end(), loop, until)) {}
  ~Waiter() { list.erase(timer); }
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

  std::list<boost::asio::steady_timer>& list;
  std::list<boost::asio::steady_timer>::iterator timer;
};

}  // namespace

CommitOrder::CommitOrder(const boost::asio::any_io_executor& loop, std::size_t articles,
                         std::chrono::milliseconds patience)
    : articles_(articles), patience_(patience), loop_(loop) {}

void CommitOrder::begin(std::size_t number) {
  articles_[number].begun = true;
  articles_[number].given_up = std::chrono::steady_clock::now() + patience_;
}

void CommitOrder::done(std::size_t number) {
  articles_[number].done = true;
  while (first_open_ < articles_.size() && articles_[first_open_].done) ++first_open_;
  for (boost::asio::steady_timer& waiter : waiting_) waiter.cancel();
}

CommitOrder::Instant CommitOrder::wait_until(std::size_t number) const {
  const Instant now = std::chrono::steady_clock::now();
  Instant latest{};
  for (std::size_t i = first_open_; i < number; ++i) {
    const Article& older = articles_[i];
    if (older.begun && !older.done && older.given_up > now) latest = std::max(latest, older.given_up);
  }
  return latest;
}

boost::asio::awaitable<void> CommitOrder::turn(std::size_t number) {
  for (Instant until = wait_until(number); until != Instant{}; until = wait_until(number)) {
    const Waiter waiter(waiting_, loop_, until);
    boost::system::error_code ignored;
    co_await waiter.timer->async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
  }
}

}  // namespace pw::pipeline
