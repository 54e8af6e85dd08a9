#pragma once
/// Counts of each watchlist's matches, and which channels have held alerts that are due.

#include "pipeline/watchlists.hpp"
#include "store/storage.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace pw::pipeline {

/// Loads the counts once and is notified of every commit, so that the store need not be queried. Loop thread only.
class WatchlistStats {
 public:
  void load(std::vector<store::ChannelCounts> counts);

  /// Records a committed batch: its new, held and suppressed alerts.
  void note(const store::Committed& committed, const std::vector<store::SuppressedMatch>& silent);

  /// Channels whose held alerts are to be released: the watchlist is active and not muted, or no longer exists.
  [[nodiscard]] std::vector<std::string> due(const Watchlists& lists, Time now) const;
  void note_released(const std::string& channel, const store::Committed& committed);

  /// All zero for an unknown channel.
  [[nodiscard]] store::ChannelCounts of(const std::string& channel) const;
  [[nodiscard]] std::uint64_t held() const;
  [[nodiscard]] std::uint64_t muted() const;

 private:
  void note_alerts(const store::Committed& committed);

  std::map<std::string, store::ChannelCounts, std::less<>> counts_;
  std::set<std::string> waiting_;  ///< channels with held alerts: few, and queried often
};

}  // namespace pw::pipeline
