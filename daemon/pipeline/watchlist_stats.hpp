#pragma once
/// What has become of every watchlist's matches, and which held alerts are due.

#include "pipeline/watchlists.hpp"
#include "store/storage.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace pw::pipeline {

/// Begins with what the store holds and is told of every commit, so that nobody has to ask the store. Loop thread only.
class WatchlistStats {
 public:
  void load(std::vector<store::ChannelCounts> counts);

  /// A batch was committed: its new alerts, what it held and what it only counted.
  void note(const store::Committed& committed, const std::vector<store::SuppressedMatch>& silent);

  /// Channels whose held alerts are to go out: the watchlist is open and not muted, or is no more.
  [[nodiscard]] std::vector<std::string> due(const Watchlists& lists, Time now) const;
  void note_released(const std::string& channel, const store::Committed& committed);

  /// All zero for a channel that nothing is known of.
  [[nodiscard]] store::ChannelCounts of(const std::string& channel) const;
  [[nodiscard]] std::uint64_t held() const;
  [[nodiscard]] std::uint64_t muted() const;

 private:
  void note_alerts(const store::Committed& committed);

  std::map<std::string, store::ChannelCounts, std::less<>> counts_;
  std::set<std::string> waiting_;  ///< channels with held alerts: few, and asked for often
};

}  // namespace pw::pipeline
