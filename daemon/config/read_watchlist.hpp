#pragma once
/// Reads watchlists.d/**/*.toml. Private to config/.

#include "config/list_rules.hpp"
#include "config/table_reader.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pw::config {

/// Reads one file after another. A watchlist may name a group from a later file, so finish() applies the groups' rules
/// and adds the watchlists to the settings.
class WatchlistReader {
 public:
  /// Takes into account the watchlists and groups already in the settings.
  WatchlistReader(Settings& settings, Problems& problems);

  /// A file has any number of [[watchlist]] tables and at most one [group], the default group of its watchlists.
  void read(const toml::table& root, const std::filesystem::path& file);
  void finish();

 private:
  struct Draft {
    WatchlistSettings list;
    std::vector<std::string_view> given;  ///< rules set by the watchlist itself
    Place group_place;
  };

  std::string read_group(const toml::table& table, const std::filesystem::path& file);
  void read_list(const toml::table& table, const std::filesystem::path& file, const std::string& group);
  void join_group(Draft& draft);

  Settings& settings_;
  Problems& problems_;
  std::vector<Draft> drafts_;
  std::unordered_map<std::string, Place> lists_;
  std::unordered_map<std::string, std::size_t> groups_;  ///< index into the settings' groups
};

/// Reports limits to unknown sources or tags, which would exclude every article.
void check_source_limits(const Settings& settings, Problems& problems);

}  // namespace pw::config
