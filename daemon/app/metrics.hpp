#pragma once
/// The metrics of the daemon (docs/metrics.md).

#include "app/components.hpp"
#include "app/process_figures.hpp"
#include "app/status.hpp"
#include "pipeline/source_counts.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pw::app {

/// The daemon's figures at one moment, as values.
struct MetricsSample {
  Time started{};
  bool ready = false;
  std::size_t critical = 0, warnings = 0;  ///< things that need a person

  std::uint64_t polls = 0, pages = 0, items = 0, too_old = 0, alerts = 0, undecided = 0;
  std::uint64_t deferred = 0;
  Distribution alert_fetched, alert_matched, alert_committed;
  pipeline::SourcesSample sources;
  std::size_t watchlists = 0;                                           ///< enabled
  std::vector<std::pair<std::string, std::uint64_t>> watchlist_alerts;  ///< those with counts of their own
  std::uint64_t other_watchlists_alerts = 0;
  std::size_t watchlists_summed = 0;

  fetch::FetchStats fetch;
  bus::BusStats bus;
  store::StoreStats store;
  bool store_ok = false;
  runtime::Pool::Load pool, waiting;
  std::size_t pool_threads = 0, waiting_threads = 0;
  Distribution loop_lag;
  Milliseconds longest_stall{0};
  bool clock_trusted = false;
  std::uint64_t clock_steps = 0;
  std::optional<Milliseconds> clock_behind;
};

/// Loop thread only. Takes about a microsecond for each source.
MetricsSample take_metrics(const Components& daemon);

/// The text of /metrics. Any thread.
std::string render_metrics(const MetricsSample& sample, const DiskFigures& disk, const ProcessFigures& process);

}  // namespace pw::app
