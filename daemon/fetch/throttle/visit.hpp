#pragma once
/// A visit to a host, and a fetch that waits for one.

#include "core/time.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace pw::fetch {

using Instant = std::chrono::steady_clock::time_point;

/// What a host's last visit says about the next one.
enum class Responsiveness { responsive, untried, unresponsive };

struct Visit {
  std::string host;
  Responsiveness responsiveness;
  Instant unanswered_since;
  std::function<void()> give_up;
  bool given_up = false;
};

struct Waiter {
  Waiter(const boost::asio::any_io_executor& executor, std::string asks, bool may_not_wait)
      : granted(executor), owner(std::move(asks)), urgent(may_not_wait) {
    granted.expires_at(boost::asio::steady_timer::time_point::max());
  }

  boost::asio::steady_timer granted;  ///< cancelled when the slot is granted
  std::string owner;
  bool urgent;
  std::shared_ptr<Visit> visit;  ///< set once the slot is granted
  bool turned_away = false;      ///< a long pause was requested while it waited
};

}  // namespace pw::fetch
