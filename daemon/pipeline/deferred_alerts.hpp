#pragma once
/// Alerts deferred until their watchlist's active hours begin or its mute ends.

#include "pipeline/dependencies.hpp"
#include "pipeline/source_table.hpp"
#include "pipeline/watchlist_stats.hpp"
#include "pipeline/watchlists.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>

namespace pw::pipeline {

/// Loop thread only. References must outlive it.
class DeferredAlerts {
 public:
  DeferredAlerts(const Dependencies& deps, WatchlistStats& stats, Counters& counters)
      : deps_(deps), stats_(stats), counters_(counters) {}

  /// True if alerts are due and no release is in progress.
  [[nodiscard]] bool due(const Watchlists& lists) const;
  /// Releases the alerts that are due: once committed, they are published like any other. Alerts that could not be
  /// committed, and those left by an interruption, are due again.
  boost::asio::awaitable<void> release(std::shared_ptr<const Watchlists> lists, const SourceTable& sources);
  void stop() { stopping_ = true; }

 private:
  boost::asio::awaitable<void> release_watchlist(std::string watchlist, const SourceTable& sources);

  const Dependencies& deps_;
  WatchlistStats& stats_;
  Counters& counters_;
  bool releasing_ = false;
  bool stopping_ = false;
};

}  // namespace pw::pipeline
