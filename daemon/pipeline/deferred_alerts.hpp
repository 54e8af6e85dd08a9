#pragma once
/// Alerts that wait for their watchlist's active hours, or for the end of its mute.

#include "pipeline/dependencies.hpp"
#include "pipeline/source_table.hpp"
#include "pipeline/watchlist_stats.hpp"
#include "pipeline/watchlists.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>

namespace pw::pipeline {

/// Loop thread only.
class DeferredAlerts {
 public:
  DeferredAlerts(const Dependencies& deps, WatchlistStats& stats, Counters& counters)
      : deps_(deps), stats_(stats), counters_(counters) {}

  /// True when some are due and none are being released.
  [[nodiscard]] bool due(const Watchlists& lists) const;
  /// Releases those that are due; from the commit on they go the way of all alerts. What cannot be committed now, or is
  /// interrupted, is due again.
  boost::asio::awaitable<void> release(std::shared_ptr<const Watchlists> lists, const SourceTable& sources);
  void stop() { stopping_ = true; }

 private:
  boost::asio::awaitable<void> release_channel(std::string channel, const SourceTable& sources);

  const Dependencies& deps_;
  WatchlistStats& stats_;
  Counters& counters_;
  bool releasing_ = false;
  bool stopping_ = false;
};

}  // namespace pw::pipeline
