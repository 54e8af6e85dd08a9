#pragma once
/// The HTTP server that WebSub hubs call. Intended to run behind a reverse proxy that terminates TLS.

#include "core/time.hpp"

#include <boost/asio/any_io_executor.hpp>

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

/// What callers may take, who are anybody on the internet.
struct CallbackLimits {
  std::size_t connections = 64;                    ///< but an eighth of the descriptors at most; one more is closed
  std::size_t body_bytes = std::size_t{8} << 20U;  ///< of one request; more: 413
  std::size_t all_body_bytes = std::size_t{32} << 20U;  ///< of all requests that are being read; more: 503
  Milliseconds patience{15'000};                        ///< for a whole exchange
};

/// One request a connection. Loop thread only. The handler must answer at once.
class CallbackServer {
 public:
  using Handler = std::function<CallbackReply(CallbackRequest)>;
  /// Is a request to this path for us? If not, its body is not read.
  using Known = std::function<bool(const std::string& path)>;

  /// `listen` is "ADDRESS:PORT", "[::1]:PORT". Throws std::runtime_error when it cannot be bound.
  CallbackServer(const boost::asio::any_io_executor& loop, const std::string& listen, Handler handler, Known known,
                 CallbackLimits limits = {});
  ~CallbackServer();
  CallbackServer(const CallbackServer&) = delete;
  CallbackServer& operator=(const CallbackServer&) = delete;

  void start();
  void stop();
  [[nodiscard]] std::uint16_t port() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace pw::websub
