#pragma once
/// The accept loop of the daemon's listening sockets, with one error policy for all of them.

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

/// What an error of accept(2) means for the listening socket.
enum class AcceptError : std::uint8_t {
  closed,     ///< deliberate: the socket was closed or the coroutine cancelled
  transient,  ///< concerns a single client, which left before it was accepted
  shortage,   ///< of descriptors or memory; temporary. Unknown errors count as this
  fatal,      ///< the socket will never accept again
};

AcceptError classify_accept_error(const boost::system::error_code& error);

/// Computes the pause after an accept error. Logs, at most once a minute, that clients cannot connect, and logs when
/// they can again. One instance per listening socket; not thread-safe.
class AcceptBackoff {
 public:
  /// `name` is what clients connect to; used in log messages.
  explicit AcceptBackoff(std::string name) : name_(std::move(name)) {}

  /// The delay before the next accept; nullopt: stop accepting.
  std::optional<Milliseconds> failed(const boost::system::error_code& error);
  void accepted();

  static constexpr Milliseconds kFirstRest{100};
  static constexpr Milliseconds kLongestRest{1'000};

 private:
  void say(const std::string& message);

  std::string name_;
  Milliseconds rest_{0};
  unsigned transient_ = 0;  ///< consecutive transient errors
  bool said_ = false;       ///< the failure has been logged
  std::optional<std::chrono::steady_clock::time_point> last_said_;
};

/// Passes each accepted socket to `on_client` until the acceptor is closed. After an error it pauses on a timer and
/// retries, so a shortage neither ends the loop nor keeps a core busy. `acceptor` must outlive the coroutine.
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
