#pragma once
/// Deletes the stored state of sources and watchlists that are no longer configured.

#include "core/mutex.hpp"
#include "store/database.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace pw::store {

/// Periodically goes through the tables and records in `unconfigured` since when an id has been missing from the
/// configuration; after a week its rows are deleted. The number of a channel is kept while it has alerts, so that its
/// numbering does not restart below them. keep_only() may be called from any thread; the rest is for the store thread.
class UnconfiguredRows {
 public:
  using Instant = std::chrono::steady_clock::time_point;

  /// Nothing is deleted before the first call.
  void keep_only(std::vector<std::string> sources, std::vector<std::string> watchlists);

  /// One bounded step of an hourly pass, in its own transaction. True if there is more to do. `now` must come from a
  /// trusted clock. Throws DbError.
  bool step(Database& db, Time now, Instant steady);

 private:
  struct Configured {
    std::vector<std::string> sources;
    std::vector<std::string> watchlists;
  };

  bool begin_turn(Instant steady);
  void do_step(Database& db, Time now);
  bool note_missing(Database& db, Time now);
  bool settle(Database& db, Time now);
  [[nodiscard]] bool is_configured(const std::string& kind, const std::string& id) const;

  Mutex mutex_;
  std::optional<Configured> news_ PW_GUARDED_BY(mutex_);  ///< not taken over yet

  std::optional<Configured> configured_;  ///< sorted
  bool under_way_ = false;
  Instant next_turn_{};
  std::size_t table_ = 0;  ///< index of the current table; past the last one, `unconfigured` itself
  std::string kind_, id_;  ///< the position after which to continue
};

}  // namespace pw::store
