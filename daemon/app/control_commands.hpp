#pragma once
/// The commands of the control socket: {"cmd": "status" | "sources" | "watchlists" | "fetch" | "reload"}.

#include "bus/bus.hpp"
#include "fetch/fetcher.hpp"
#include "pipeline/pipeline.hpp"
#include "runtime/loop_stalls.hpp"
#include "runtime/pool.hpp"
#include "source/registry.hpp"
#include "store/store.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <string>
#include <vector>

namespace pw::app {

struct ControlParts {
  pipeline::Pipeline& pipeline;
  store::Store& store;
  const bus::Bus& bus;
  const fetch::Fetcher& fetcher;
  const source::Registry& registry;
  const Clock& clock;
  const runtime::LoopStalls& stalls;
  const runtime::Pool& pool;
  Time started;
  std::chrono::steady_clock::time_point started_steady;
};

/// The result of a reload.
struct ReloadResult {
  std::string problem;                      ///< why the new configuration was rejected; empty: it is in force
  std::vector<std::string> restart_needed;  ///< changed keys that take effect only after a restart
};

/// Executes one command and returns the reply. Loop thread only.
boost::json::object control_command(const boost::json::object& request, const ControlParts& parts,
                                    const std::function<ReloadResult()>& reload);

}  // namespace pw::app
