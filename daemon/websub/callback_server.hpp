#pragma once
/// The HTTP server that WebSub hubs call. Intended to run behind a reverse proxy that terminates TLS.

#include "core/time.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
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

/// Limits on callers, who may be anyone on the internet.
struct CallbackLimits {
  std::size_t connections = 64;                    ///< at most an eighth of the descriptors; further ones are closed
  std::size_t body_bytes = std::size_t{8} << 20U;  ///< per request; larger ones get 413
  std::size_t all_body_bytes = std::size_t{32} << 20U;  ///< of all requests being read; beyond it, 503
  Milliseconds patience{15'000};                        ///< for a whole exchange
};

/// What is wrong with an address to listen on; nullopt: it is ADDRESS:PORT.
std::optional<std::string> wrong_address(const std::string& listen);

/// Throws what the constructor of CallbackServer would throw for this address now. Closes the socket again.
void try_listen(const std::string& listen);

/// Serves one request per connection. Loop thread only. The handler must not block.
class CallbackServer {
 public:
  using Handler = std::function<CallbackReply(CallbackRequest)>;
  /// Tells whether a path is known. The body of a request to any other path is not read.
  using Known = std::function<bool(const std::string& path)>;

  /// `listen` is "ADDRESS:PORT" or "[::1]:PORT". Throws std::runtime_error if it cannot be bound.
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
