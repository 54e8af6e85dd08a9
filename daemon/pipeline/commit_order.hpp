#pragma once
/// Keeps the alerts of a source in the order of its news although its articles are processed side by side.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstddef>
#include <list>
#include <vector>

namespace pw::pipeline {

/// The articles of one poll, numbered from the oldest on. An article that is ready waits until every older one that is
/// being processed has handed its alerts to the store, but not for one that takes longer than the patience: a page that
/// hangs delays no other. Loop thread only; outlives whoever waits.
class CommitOrder {
 public:
  using Instant = std::chrono::steady_clock::time_point;

  CommitOrder(const boost::asio::any_io_executor& loop, std::size_t articles,
              std::chrono::milliseconds patience = std::chrono::seconds{2});

  void begin(std::size_t number);
  /// Its alerts are in the store's queue, or it has none.
  void done(std::size_t number);
  boost::asio::awaitable<void> turn(std::size_t number);

 private:
  struct Article {
    bool begun = false;
    bool done = false;
    Instant given_up{};  ///< when the others wait no more
  };
  /// Until when `number` has to wait at the longest; Instant{}: it need not.
  [[nodiscard]] Instant wait_until(std::size_t number) const;

  std::vector<Article> articles_;
  std::chrono::milliseconds patience_;
  boost::asio::any_io_executor loop_;
  std::list<boost::asio::steady_timer> waiting_;  ///< of those in turn(); cancelled whenever one is done
  std::size_t first_open_ = 0;                    ///< all before it are done
};

}  // namespace pw::pipeline
