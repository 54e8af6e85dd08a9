#pragma once
/// Drives libcurl's multi interface from the Asio loop.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <curl/curl.h>

#include <functional>
#include <memory>
#include <unordered_map>

namespace pw::fetch {

/// Owns the multi handle with its connections, and a watch for each of curl's sockets (but not the sockets, which curl
/// opens and closes). Loop thread only. Create it with make(), because its handlers hold weak references.
class CurlLoop : public std::enable_shared_from_this<CurlLoop> {
 public:
  using Done = std::function<void(CURLcode)>;

  /// Throws std::runtime_error if libcurl cannot be initialised.
  static std::shared_ptr<CurlLoop> make(boost::asio::any_io_executor executor);
  ~CurlLoop();
  CurlLoop(const CurlLoop&) = delete;
  CurlLoop& operator=(const CurlLoop&) = delete;

  /// Starts a transfer. `done` is called once, from the loop, after the handle has been removed from the multi handle.
  void add(CURL* easy, Done done);
  /// Removes a transfer without calling `done`. Does nothing if it is not present. Must not be called from a curl
  /// callback.
  void remove(CURL* easy);
  /// Ends every transfer with CURLE_ABORTED_BY_CALLBACK in the next iteration of the loop.
  void abort_all();

  [[nodiscard]] std::size_t size() const noexcept { return done_.size(); }

 private:
  struct Watch;

  explicit CurlLoop(boost::asio::any_io_executor executor);
  static int on_socket(CURL* easy, curl_socket_t fd, int what, void* self, void* watch) noexcept;
  static int on_timer(CURLM* multi, long timeout_ms, void* self) noexcept;
  void want(curl_socket_t fd, int what);
  void arm(const std::shared_ptr<Watch>& watch);
  void wait(const std::shared_ptr<Watch>& watch, bool reading);
  void act(curl_socket_t fd, int events);
  void collect();
  void finish(CURL* easy, CURLcode code);

  boost::asio::any_io_executor executor_;
  boost::asio::steady_timer timer_;
  std::unordered_map<curl_socket_t, std::shared_ptr<Watch>> watches_;
  std::unordered_map<CURL*, Done> done_;
  CURLM* multi_ = nullptr;
};

}  // namespace pw::fetch
