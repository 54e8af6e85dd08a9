#pragma once
/// How the daemon's listening sockets accept: one policy for everything that can go wrong.

#include "core/time.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/error_code.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace pw::runtime {

enum class AcceptError : std::uint8_t {
  closed,     ///< on purpose: the socket was closed, or the coroutine cancelled
  transient,  ///< of one client that was gone before it was let in
  shortage,   ///< of descriptors or memory: over when some are given back. Everything unknown counts as this
  fatal,      ///< the socket can never accept again
};

AcceptError classify_accept_error(const boost::system::error_code& error);

/// How long one listening socket rests after an error. Says in the log that nobody can connect, and when that is over,
/// at most once a minute. One owner.
class AcceptBackoff {
 public:
  /// `name`: what clients connect to, for the log.
  explicit AcceptBackoff(std::string name) : name_(std::move(name)) {}

  /// Nothing: there is no point in going on.
  std::optional<Milliseconds> failed(const boost::system::error_code& error);
  void accepted();

  static constexpr Milliseconds kFirstRest{100};
  static constexpr Milliseconds kLongestRest{1'000};

 private:
  void say(const std::string& message);

  std::string name_;
  Milliseconds rest_{0};
  unsigned transient_ = 0;  ///< in a row
  bool said_ = false;       ///< that nobody can connect
  std::optional<std::chrono::steady_clock::time_point> last_said_;
};

/// Hands every client's socket to `on_client` until the acceptor is closed, which must outlive the coroutine. What
/// fails is tried again after a rest on a timer: a shortage neither ends the accepting nor takes a processor.
template <class Acceptor, class OnClient>
boost::asio::awaitable<void> accept_clients(Acceptor& acceptor, const char* name, OnClient on_client) {
  AcceptBackoff backoff(name);
  boost::asio::steady_timer rest(acceptor.get_executor());
  while (acceptor.is_open()) {
    boost::system::error_code error;
    auto socket = co_await acceptor.async_accept(boost::asio::redirect_error(boost::asio::use_awaitable, error));
    if (!error) {
      backoff.accepted();
      on_client(std::move(socket));
      continue;
    }
    const std::optional<Milliseconds> pause = backoff.failed(error);
    if (!pause) co_return;
    rest.expires_after(*pause);
    co_await rest.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, error));
    if (error) co_return;
  }
}

}  // namespace pw::runtime
