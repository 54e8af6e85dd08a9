#pragma once
/// Reads one file of watchlists.d. Private to config/.

#include "config/list_rules.hpp"
#include "config/table_reader.hpp"

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

namespace pw::config {

/// A watchlist as its file states it, before the rules of its group apply.
struct WatchlistDraft {
  WatchlistSettings list;
  std::vector<std::string_view> given;  ///< rules set by the watchlist itself
  Place id_place;
  Place group_place;
};

/// The content of a file.
struct WatchlistTables {
  std::shared_ptr<const GroupSettings> group;  ///< nullptr: none
  Place group_id_place;
  std::vector<WatchlistDraft> lists;
};

/// A file has any number of [[watchlist]] tables and at most one [group], the default group of its watchlists.
WatchlistTables read_watchlists(const toml::table& root, const std::filesystem::path& file, Problems& problems);

}  // namespace pw::config
