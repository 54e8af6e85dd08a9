#pragma once
/// Keeps the alerts of a source in chronological order although its articles are processed concurrently.

#include "runtime/wait_list.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <vector>

namespace pw::pipeline {

/// The articles of one poll, numbered from the oldest. An article that is ready waits until every older article in
/// progress has queued its alerts in the store, but for each no longer than `patience`, so that a page that hangs does
/// not delay the others. Loop thread only. Must outlive all coroutines that wait in turn().
class CommitOrder {
 public:
  using Instant = std::chrono::steady_clock::time_point;

  CommitOrder(const boost::asio::any_io_executor& loop, std::size_t articles,
              std::chrono::milliseconds patience = std::chrono::seconds{2});

  void begin(std::size_t number);
  /// The article's alerts are in the store's queue, or it has none.
  void done(std::size_t number);
  boost::asio::awaitable<void> turn(std::size_t number);

 private:
  struct Article {
    bool begun = false;
    bool done = false;
    Instant given_up{};  ///< when the others stop waiting for it
  };
  /// The latest time until which `number` has to wait, or Instant{} if it need not wait.
  [[nodiscard]] Instant wait_until(std::size_t number) const;

  std::vector<Article> articles_;
  std::chrono::milliseconds patience_;
  runtime::WaitList waiting_;   ///< in turn(); all are woken when an article is done
  std::size_t first_open_ = 0;  ///< all articles before this one are done
};

}  // namespace pw::pipeline
