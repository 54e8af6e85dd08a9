#pragma once
/// Serves /metrics, /healthz and /readyz.

#include "app/components.hpp"
#include "config/settings.hpp"
#include "ops/http_server.hpp"
#include "runtime/async_mutex.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace pw::app {

/// Owns the HTTP server. The figures are taken on the loop and written on the pool, by one request at a time. Loop
/// thread only.
class Monitoring {
 public:
  /// Binds the address, unless none is configured. `components` is called for each request. Throws std::runtime_error
  /// like ops::HttpServer.
  Monitoring(const boost::asio::any_io_executor& loop, const config::MetricsSettings& settings,
             std::filesystem::path database, std::function<Components()> components);

  void start();
  void stop();
  /// "http://127.0.0.1:9464" or "unix:/PATH"; empty: off.
  [[nodiscard]] std::string address() const;

 private:
  boost::asio::awaitable<ops::HttpReply> answer(std::string path);
  boost::asio::awaitable<ops::HttpReply> metrics();

  const std::filesystem::path database_;
  std::function<Components()> components_;
  runtime::AsyncMutex rendering_;
  std::optional<ops::HttpServer> server_;
};

}  // namespace pw::app
