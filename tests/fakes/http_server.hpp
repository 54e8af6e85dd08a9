#pragma once
/// A local HTTP/1.1 server with scripted responses, well-formed or not.

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace pw::test {

/// The bytes of a response. Each chunk is sent after its delay; nothing is added or validated.
struct Script {
  struct Chunk {
    std::string bytes;
    std::chrono::milliseconds delay{0};
  };
  std::vector<Chunk> chunks;
  bool endless = false;  ///< the last chunk is repeated until the client disconnects
  bool close = false;    ///< close the connection afterwards, instead of waiting for the next request
};

/// A well-formed response with Content-Length.
Script answer(int status, std::string body = "", std::vector<std::pair<std::string, std::string>> headers = {});

/// A request received by the server.
struct SeenRequest {
  std::string method, target, body;
  std::map<std::string, std::string> headers;  ///< names in lower case
  int connection = 0;                          ///< counted from 1
  std::chrono::steady_clock::time_point at;
};

/// Listens on a free loopback port and owns a thread. Thread-safe. Unknown paths return 404. The destructor closes all
/// connections.
class HttpServer {
 public:
  HttpServer();
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] std::uint16_t port() const noexcept;
  /// The URL "http://127.0.0.1:PORT/path".
  [[nodiscard]] std::string url(const std::string& path) const;

  /// Adds a response for a path. Several are used in order; the last one is repeated.
  void on(const std::string& path, Script script);

  /// All requests so far for `path`, in order; "" means all paths.
  [[nodiscard]] std::vector<SeenRequest> seen(const std::string& path = "") const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace pw::test
