#pragma once
/// Deletes what is remembered of sources and watchlists that are configured no longer.

#include "core/mutex.hpp"
#include "store/database.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace pw::store {

/// Goes through the tables in turns and notes in `unconfigured` since when an id has been missing from the
/// configuration; a week later its rows are deleted. The number of a channel stays while there are alerts of it, so
/// that it never begins again below them. keep_only() may be called from any thread, the rest belongs to the store's.
class UnconfiguredRows {
 public:
  using Instant = std::chrono::steady_clock::time_point;

  /// Before the first call nothing is deleted.
  void keep_only(std::vector<std::string> sources, std::vector<std::string> watchlists);

  /// One bounded step, in a transaction of its own, of a turn an hour. True: there is more to do. `now` comes from a
  /// clock that is trusted. Throws DbError.
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
  std::optional<Configured> news_ PW_GUARDED_BY(mutex_);  ///< not taken up yet

  std::optional<Configured> configured_;  ///< sorted
  bool under_way_ = false;
  Instant next_turn_{};
  std::size_t table_ = 0;  ///< that is gone through; after the last one, `unconfigured` itself
  std::string kind_, id_;  ///< after which to go on
};

}  // namespace pw::store
