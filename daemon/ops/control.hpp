#pragma once
/// The control socket: one JSON object a line in, one out, over a unix socket that only the owner and group may open.

#include "core/time.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/json/object.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>

namespace pw::ops {

/// Answers one request; an exception becomes {"error": …}. Called on the loop thread.
using ControlHandler = std::function<boost::json::object(const boost::json::object& request)>;

/// What one client may take.
struct ControlLimits {
  std::size_t clients = 32;               ///< one more, and the one that was silent longest is closed
  std::size_t request_bytes = 64 * 1024;  ///< of a line
  Milliseconds request_within{60'000};    ///< until a whole line is there, from the last reply on
  Milliseconds reply_within{30'000};      ///< until a reply is read
};

/// Owns the listening socket, its file and its clients. Loop thread only.
class Control {
 public:
  /// Binds; a socket that nobody listens on is replaced. Throws std::runtime_error, saying what to do, when somebody
  /// does, when something that is no socket stands there, or the folder cannot be written.
  Control(const boost::asio::any_io_executor& loop, std::filesystem::path path, ControlHandler handler,
          ControlLimits limits = {});
  ~Control();
  Control(const Control&) = delete;
  Control& operator=(const Control&) = delete;

  /// Begins to accept.
  void start();
  /// Closes the listening socket and removes its file, if it is still its own.
  void stop();

  /// Clients that are connected.
  [[nodiscard]] std::size_t clients() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace pw::ops
