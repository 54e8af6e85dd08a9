#pragma once
/// The HTTP server that WebSub hubs call. Intended to run behind a reverse proxy that terminates TLS.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace pw::websub {

/// A request from a hub.
struct CallbackRequest {
  bool post = false;  ///< true: POST, false: GET
  std::string path, query;
  std::string content_type, signature;  ///< X-Hub-Signature
  std::string body;
};

/// The response to a hub.
struct CallbackReply {
  unsigned status = 404;
  std::string body;  ///< text/plain
};

/// One request a connection; 64 connections, 8 MiB a body and 15 seconds at most. Loop thread only. The handler must
/// answer at once.
class CallbackServer {
 public:
  using Handler = std::function<CallbackReply(CallbackRequest)>;

  /// `listen` is "ADDRESS:PORT", "[::1]:PORT". Throws std::runtime_error when it cannot be bound.
  CallbackServer(const boost::asio::any_io_executor& loop, const std::string& listen, Handler handler);
  ~CallbackServer();
  CallbackServer(const CallbackServer&) = delete;
  CallbackServer& operator=(const CallbackServer&) = delete;

  void start();
  void stop();
  [[nodiscard]] std::uint16_t port() const;

 private:
  struct State;
  static boost::asio::awaitable<void> accept(std::shared_ptr<State> state);
  static boost::asio::awaitable<void> serve(std::shared_ptr<State> state, boost::asio::ip::tcp::socket socket);

  std::shared_ptr<State> state_;
};

}  // namespace pw::websub
