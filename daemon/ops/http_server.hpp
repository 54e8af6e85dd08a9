#pragma once
/// A small HTTP server for monitoring: GET and HEAD, on a loopback port or a Unix socket.

#include "core/local_address.hpp"
#include "core/time.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace pw::ops {

struct HttpReply {
  unsigned status = 404;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
};

/// Answers a GET of this path, without its query. An exception becomes a 500. Runs on the loop thread; while it waits,
/// other clients are served.
using HttpHandler = std::function<boost::asio::awaitable<HttpReply>(std::string path)>;

struct HttpLimits {
  std::size_t clients = 16;  ///< above this, the oldest client is disconnected, and of those that wait for a reply only
                             ///< if all do
  std::size_t header_bytes = 8 * 1024;
  Milliseconds request_within{5'000};
  Milliseconds reply_within{10'000};  ///< for reading the reply, once there is one
};

/// Owns the listening socket, its file and its clients, each of which may make one request. Loop thread only.
class HttpServer {
 public:
  /// Binds the address, which is the value of the configuration key `key`. A Unix socket is accessible to owner and
  /// group, and replaces one that nobody listens on. Throws std::runtime_error with advice.
  HttpServer(const boost::asio::any_io_executor& loop, const LocalAddress& address, const std::string& key,
             HttpHandler handler, HttpLimits limits = {});
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// Starts accepting clients.
  void start();
  /// Closes the listening socket and all clients, and removes the socket file if it is still the one it created.
  void stop();

  /// Where it listens: "http://127.0.0.1:9464" or "unix:/PATH".
  [[nodiscard]] const std::string& address() const;
  [[nodiscard]] std::size_t clients() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace pw::ops
