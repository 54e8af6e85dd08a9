#pragma once
/// The commands of the control socket: {"cmd": "status" | "sources" | "watchlists" | "addresses" | "fetch" |
/// "reload"}.

#include "app/reloader.hpp"
#include "bus/bus.hpp"
#include "fetch/fetcher.hpp"
#include "pipeline/pipeline.hpp"
#include "runtime/loop_stalls.hpp"
#include "runtime/pool.hpp"
#include "store/store.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>

#include <chrono>

namespace pw::app {

struct ControlDependencies {
  pipeline::Pipeline& pipeline;
  store::Store& store;
  const bus::Bus& bus;
  const fetch::Fetcher& fetcher;
  Reloader& reloader;
  const Clock& clock;
  const runtime::LoopStalls& stalls;
  const runtime::Pool& pool;
  Time started;
  std::chrono::steady_clock::time_point started_steady;
};

/// Executes one command and returns the reply, for a reload when it is finished. Loop thread only.
boost::asio::awaitable<boost::json::object> control_command(boost::json::object request, ControlDependencies deps);

}  // namespace pw::app
