#pragma once
/// Reads the folder watchlists.d, and reuses what was read before.

#include "config/file_stamp.hpp"
#include "config/table_reader.hpp"
#include "core/id.hpp"

#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace pw::config {

/// A file of watchlists.d as a configuration contains it. Immutable; any thread.
struct WatchlistFile {
  FoundFile found;
  Id content;                                                   ///< hash of its text
  std::shared_ptr<const GroupSettings> group;                   ///< that it defines; nullptr: none
  std::vector<std::shared_ptr<const WatchlistSettings>> lists;  ///< with the rules of their groups
  std::vector<std::shared_ptr<const GroupSettings>> joined;     ///< the groups of its lists, once each
};

/// Fills settings.watchlists, groups and watchlist_files from the files `found`, in their order (path_before). Takes
/// from `before`, if it is not nullptr, every file whose content and groups are the same; a file that its stamp proves
/// unchanged is not even opened. Blocks on the file system; throws std::runtime_error once a stop is requested.
void read_watchlist_files(std::vector<FoundFile> found, const Settings* before, const std::stop_token& stop,
                          Settings& settings, Problems& problems);

}  // namespace pw::config
