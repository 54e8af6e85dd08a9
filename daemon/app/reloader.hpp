#pragma once
/// Replaces the configuration of the running daemon.

#include "pipeline/configuration.hpp"
#include "runtime/async_mutex.hpp"
#include "runtime/pool.hpp"
#include "runtime/retirement.hpp"
#include "runtime/wait_list.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace pw::app {

/// The result of a reload.
struct ReloadResult {
  std::string problem;                      ///< why the new configuration was rejected; empty: it is in force
  bool is_invalid = false;                  ///< it was rejected for its errors, not because something failed
  std::vector<std::string> restart_needed;  ///< changed keys that take effect only after a restart
};

/// Prepares configurations on the pool and puts them in force on the loop, one at a time. Loop thread only.
class Reloader {
 public:
  struct Steps {
    /// Reads the files and prepares the change; an exception rejects the configuration. Runs on the pool.
    std::function<pipeline::ConfigurationUpdate(const pipeline::Configuration& before, const std::stop_token& stop)>
        prepare;
    /// Puts the update in force and returns what it replaced. Runs on the loop.
    std::function<std::vector<std::shared_ptr<const void>>(pipeline::ConfigurationUpdate update)> apply;
  };

  /// `first` is in force already. The pool must accept work until wait() has completed.
  Reloader(const boost::asio::any_io_executor& loop, runtime::Pool& pool,
           std::shared_ptr<const pipeline::Configuration> first, Steps steps);

  /// Reloads, and completes when the new configuration is in force or was rejected. While a reload is in progress,
  /// which may have read the files already, those who ask for another one share the next.
  boost::asio::awaitable<ReloadResult> reload();

  /// Makes every reload fail that has not taken effect yet, those of the future too.
  void cancel() { stop_.request_stop(); }
  /// Completes when every reload has ended; for the shutdown, after cancel().
  boost::asio::awaitable<void> wait();

  /// The keys that need a restart have these values.
  [[nodiscard]] const config::MainSettings& started_with() const { return started_with_; }

  /// The configuration in force.
  [[nodiscard]] const std::shared_ptr<const pipeline::Configuration>& current() const { return current_; }

 private:
  boost::asio::awaitable<ReloadResult> run();
  boost::asio::awaitable<void> replace();

  runtime::Pool& pool_;
  Steps steps_;
  const config::MainSettings started_with_;  ///< still in force for keys that need a restart
  std::shared_ptr<const pipeline::Configuration> current_;
  runtime::Retirement replaced_;
  std::stop_source stop_;
  runtime::AsyncMutex mutex_;
  std::uint64_t asked_ = 0;    ///< the number of the latest request
  std::uint64_t covered_ = 0;  ///< requests up to this one were made before the last reload began
  ReloadResult last_;
  std::size_t active_ = 0;  ///< calls of reload() that have not completed
  runtime::WaitList idle_;
};

}  // namespace pw::app
