#include "pipeline/commit_order.hpp"

#include <algorithm>

namespace pw::pipeline {

CommitOrder::CommitOrder(const boost::asio::any_io_executor& loop, std::size_t articles,
                         std::chrono::milliseconds patience)
    : articles_(articles), patience_(patience), waiting_(loop) {}

void CommitOrder::begin(std::size_t number) {
  articles_[number].begun = true;
  articles_[number].given_up = std::chrono::steady_clock::now() + patience_;
}

void CommitOrder::done(std::size_t number) {
  articles_[number].done = true;
  while (first_open_ < articles_.size() && articles_[first_open_].done) ++first_open_;
  waiting_.wake_all();
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
    co_await waiting_.wait_until(until);
  }
}

}  // namespace pw::pipeline
