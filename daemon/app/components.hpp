#pragma once
/// The parts of the running daemon, for those who report on it.

#include "app/disk.hpp"
#include "app/reloader.hpp"
#include "bus/bus.hpp"
#include "fetch/fetcher.hpp"
#include "pipeline/pipeline.hpp"
#include "runtime/loop_stalls.hpp"
#include "runtime/pool.hpp"
#include "store/store.hpp"

#include <chrono>
#include <string>

namespace pw::app {

/// References to what the daemon owns, and facts about it. Loop thread only.
struct Components {
  pipeline::Pipeline& pipeline;
  store::Store& store;
  const bus::Bus& bus;
  const fetch::Fetcher& fetcher;
  Reloader& reloader;
  const Clock& clock;
  const runtime::LoopStalls& stalls;
  runtime::Pool& pool;
  const runtime::Pool& waiting;  ///< for plugins that run in a child process
  const DiskWatch& disk;
  std::string metrics_address;  ///< empty: off
  bool polling = false;         ///< started, and not stopping
  Time started{};
  std::chrono::steady_clock::time_point started_steady{};
};

}  // namespace pw::app
