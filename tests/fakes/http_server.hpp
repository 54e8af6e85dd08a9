#pragma once
/// A local HTTP/1.1 server that answers from a script, well or badly.

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace pw::test {

/// Bytes to send, each after its delay, with nothing added or checked.
struct Script {
  struct Chunk {
    std::string bytes;
    std::chrono::milliseconds delay{0};
  };
  std::vector<Chunk> chunks;
  bool endless = false;  ///< the last chunk is sent again and again until the client goes away
  bool close = false;    ///< the connection is closed afterwards; else it waits for the next request
};

/// A well-formed response with Content-Length.
Script answer(int status, std::string body = "", std::vector<std::pair<std::string, std::string>> headers = {});

struct SeenRequest {
  std::string method, target, body;
  std::map<std::string, std::string> headers;  ///< names in lower case
  int connection = 0;                          ///< counted from 1
  std::chrono::steady_clock::time_point at;
};

/// Listens on a free loopback port with a thread of its own. Any thread may call it.
/// Unknown paths answer 404. Destroying it closes every connection.
class HttpServer {
 public:
  HttpServer();
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] std::uint16_t port() const noexcept;
  /// "http://127.0.0.1:PORT/path"
  [[nodiscard]] std::string url(const std::string& path) const;

  /// Adds an answer to the path; several are given in turn and the last one for ever.
  void on(const std::string& path, Script script);

  /// Every request so far, in order; `path` empty: of all paths.
  [[nodiscard]] std::vector<SeenRequest> seen(const std::string& path = "") const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace pw::test
