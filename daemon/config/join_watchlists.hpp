#pragma once
/// Combines the watchlists of several files. Private to config/.

#include "config/read_watchlist.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pw::config {

/// The groups and watchlists of a configuration by id. Reports duplicates and unknown groups. Borrows `problems`.
class WatchlistIndex {
 public:
  explicit WatchlistIndex(Problems& problems) : problems_(problems) {}

  void add_group(const std::shared_ptr<const GroupSettings>& group, const Place& id_place);
  /// nullptr if there is none.
  [[nodiscard]] std::shared_ptr<const GroupSettings> group(const std::string& id) const;

  /// Adds a watchlist that is joined already.
  void add(const std::shared_ptr<const WatchlistSettings>& list) { lists_.emplace(list->id, list); }
  /// Adds a watchlist, with the rules of its group, which must have been added before.
  std::shared_ptr<const WatchlistSettings> join(WatchlistDraft draft);

 private:
  void inherit_group(WatchlistDraft& draft);

  Problems& problems_;
  std::unordered_map<std::string, std::shared_ptr<const GroupSettings>> groups_;
  std::unordered_map<std::string_view, std::shared_ptr<const WatchlistSettings>>
      lists_;  ///< the keys are in the values
};

/// Reports limits to unknown sources or tags, which would exclude every article.
void check_source_limits(const Settings& settings, Problems& problems);

}  // namespace pw::config
