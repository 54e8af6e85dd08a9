#pragma once
/// Counts of each watchlist's matches, and which of them have deferred alerts that are due.

#include "pipeline/bounded_counts.hpp"
#include "pipeline/watchlists.hpp"
#include "store/storage.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace pw::pipeline {

/// Loads the counts once and is notified of every commit, so that the store need not be queried. Loop thread only.
class WatchlistStats {
 public:
  /// At most `most_counted` watchlists have their alerts counted separately since the start.
  explicit WatchlistStats(std::size_t most_counted = 1000) : raised_(most_counted) {}

  void load(std::vector<store::WatchlistCounts> counts);

  /// Forgets the counts of a watchlist that has not been configured for a week, which is when the store deletes them,
  /// and that has no deferred alerts. Call it with each configuration; `configured` is sorted.
  void keep_only(const std::vector<std::string>& configured, std::chrono::steady_clock::time_point now);
  [[nodiscard]] std::size_t size() const { return counts_.size(); }

  /// Records a committed batch: its new, deferred and suppressed alerts.
  void note(const store::Committed& committed, const std::vector<store::SuppressedMatch>& suppressed);

  /// Watchlists whose deferred alerts are to be released: the watchlist is active and not muted, or no longer exists.
  [[nodiscard]] std::vector<std::string> due(const Watchlists& lists, Time now) const;
  void note_released(const std::string& watchlist, const store::Committed& committed);

  /// All zero for an unknown watchlist.
  [[nodiscard]] store::WatchlistCounts of(const std::string& watchlist) const;
  [[nodiscard]] std::uint64_t deferred() const;
  [[nodiscard]] std::uint64_t muted() const;
  /// Time of the newest alert of all watchlists; Time{}: there is none.
  [[nodiscard]] Time last_alert() const;
  /// Alerts since the start of the daemon.
  [[nodiscard]] const BoundedCounts<std::uint64_t>& raised() const { return raised_; }
  /// The number of configured watchlists.
  [[nodiscard]] std::size_t configured() const { return configured_; }

 private:
  void note_alerts(const store::Committed& committed);

  std::map<std::string, store::WatchlistCounts, std::less<>> counts_;
  BoundedCounts<std::uint64_t> raised_;
  std::size_t configured_ = 0;
  std::map<std::string, std::chrono::steady_clock::time_point> removed_;  ///< watchlists in counts_, and since when
  std::set<std::string> waiting_;  ///< watchlists with deferred alerts: few, and queried often
};

}  // namespace pw::pipeline
