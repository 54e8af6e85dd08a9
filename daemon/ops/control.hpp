#pragma once
/// The control socket: a unix socket, accessible to owner and group, with one JSON object per line in each direction.

#include "core/time.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>

namespace pw::ops {

/// Answers one request. An exception becomes {"error": …}. Runs on the loop thread; while it waits, other clients are
/// served.
using ControlHandler = std::function<boost::asio::awaitable<boost::json::object>(boost::json::object request)>;

/// Limits per client, and for the number of clients.
struct ControlLimits {
  std::size_t clients = 32;               ///< above this, the least recently active client is disconnected, and of
                                          ///< those that wait for a reply only if all do
  std::size_t request_bytes = 64 * 1024;  ///< per line
  Milliseconds request_within{60'000};    ///< from the last reply until a complete line has arrived
  Milliseconds reply_within{30'000};      ///< until the reply has been written
};

/// Owns the listening socket, its file and its clients. Loop thread only.
class Control {
 public:
  /// Binds the socket; replaces one that nobody listens on. Throws std::runtime_error with advice if somebody does, if
  /// the path is not a socket, or if its directory is not writable.
  Control(const boost::asio::any_io_executor& loop, std::filesystem::path path, ControlHandler handler,
          ControlLimits limits = {});
  ~Control();
  Control(const Control&) = delete;
  Control& operator=(const Control&) = delete;

  /// Starts accepting clients.
  void start();
  /// Closes the listening socket and all clients, and removes the socket file if it is still the one it created.
  void stop();

  /// The number of connected clients.
  [[nodiscard]] std::size_t clients() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace pw::ops
