#pragma once
/// Services used by the parts of the pipeline.

#include "bus/health_json.hpp"
#include "core/histogram.hpp"
#include "core/time.hpp"
#include "fetch/http_client.hpp"
#include "runtime/pool.hpp"
#include "source/plugin.hpp"
#include "store/storage.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <functional>

namespace pw::pipeline {

/// All of them outlive the pipeline.
struct Dependencies {
  fetch::HttpClient& web;
  runtime::Pool& pool;
  runtime::Pool& waiting;  ///< for calls of plugins that wait for a child process
  store::Storage& store;
  const Clock& clock;
  /// Called on the loop thread for every source at start-up, then on each change of a source's health.
  std::function<void(const bus::HealthInfo&)> on_health;

  /// Plugins that run in a child process may block a thread, so they use a separate pool.
  [[nodiscard]] runtime::Pool& pool_of(const source::Plugin& plugin) const { return plugin.waits ? waiting : pool; }
};

/// How long alerts took from one step to the next, each alert counted once when it is committed. Without those that
/// were deferred.
struct AlertTimes {
  TimeHistogram fetched;    ///< since the answer that listed its article was read
  TimeHistogram matched;    ///< since the page was received
  TimeHistogram committed;  ///< since the match
};

struct Counters {
  std::uint64_t polls = 0;
  std::uint64_t pages = 0;
  std::uint64_t items = 0;
  std::uint64_t alerts = 0;
  std::uint64_t too_old = 0;    ///< articles not matched because they are dated before max_age
  std::uint64_t undecided = 0;  ///< pairs of article and watchlist whose match was abandoned at the step limit
  AlertTimes alert_times;
  std::uint64_t turns = 0;  ///< iterations of the scheduler; the watchdog expects it to increase
};

}  // namespace pw::pipeline
