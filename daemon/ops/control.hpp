#pragma once
/// The control socket: one JSON object a line in, one out, over a unix socket that only the owner and group may open.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/json/object.hpp>

#include <filesystem>
#include <functional>

namespace pw::ops {

/// Answers one request; an exception becomes {"error": …}. Called on the loop thread.
using ControlHandler = std::function<boost::json::object(const boost::json::object& request)>;

/// Owns the listening socket and its file. Loop thread only.
class Control {
 public:
  /// Binds; a socket file that nobody answers on is replaced. Throws std::runtime_error when another daemon answers
  /// there, or the folder cannot be written.
  Control(boost::asio::any_io_executor loop, std::filesystem::path path, ControlHandler handler);
  ~Control();
  Control(const Control&) = delete;
  Control& operator=(const Control&) = delete;

  /// Begins to accept.
  void start();
  /// Closes the listening socket and removes its file.
  void stop();

 private:
  boost::asio::awaitable<void> accept();
  static boost::asio::awaitable<void> serve(boost::asio::local::stream_protocol::socket socket, ControlHandler handler);

  boost::asio::any_io_executor loop_;
  std::filesystem::path path_;
  ControlHandler handler_;
  boost::asio::local::stream_protocol::acceptor acceptor_;
};

}  // namespace pw::ops
