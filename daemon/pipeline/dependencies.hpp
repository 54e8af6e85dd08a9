#pragma once
/// What the parts of the pipeline work with.

#include "bus/health_json.hpp"
#include "core/time.hpp"
#include "fetch/http_client.hpp"
#include "runtime/pool.hpp"
#include "source/registry.hpp"
#include "store/storage.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <cstdint>
#include <functional>

namespace pw::pipeline {

/// All of it outlives the pipeline.
struct Dependencies {
  const source::Registry& registry;
  fetch::HttpClient& web;
  runtime::Pool& pool;
  runtime::Pool& waiting;  ///< for calls of plugins that wait for a child
  store::Storage& store;
  const Clock& clock;
  /// Told how each source is: all of them at the start, then each that changes. Loop thread.
  std::function<void(const bus::HealthInfo&)> on_health;

  /// A plugin that lives in a child may keep a thread waiting; the others' threads are for work.
  [[nodiscard]] runtime::Pool& pool_of(const source::Plugin& plugin) const { return plugin.waits ? waiting : pool; }
};

struct Counters {
  std::uint64_t polls = 0;
  std::uint64_t pages = 0;
  std::uint64_t items = 0;
  std::uint64_t alerts = 0;
  std::uint64_t too_old = 0;    ///< articles that were not matched because they say that they are older than max_age
  std::uint64_t undecided = 0;  ///< matches given up: an article and a watchlist that would have taken too many steps
  std::uint64_t turns = 0;      ///< of the scheduler; the watchdog wants it to move
};

}  // namespace pw::pipeline
