#pragma once
/// Reads watchlists.d/**/*.toml. Private to config/.

#include "config/list_rules.hpp"
#include "config/table_reader.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pw::config {

/// Reads file after file. A list may name a group that a later file has, so lists get what their groups say, and go
/// into the settings, in finish().
class WatchlistReader {
 public:
  /// Lists and groups that the settings hold already are known.
  WatchlistReader(Settings& settings, Problems& problems);

  /// A file has any number of [[watchlist]], and at most one [group], to which those belong that name no other.
  void read(const toml::table& root, const std::filesystem::path& file);
  void finish();

 private:
  struct Draft {
    WatchlistSettings list;
    std::vector<std::string_view> given;  ///< rules that it says itself
    Place group_place;
  };

  std::string read_group(const toml::table& table, const std::filesystem::path& file);
  void read_list(const toml::table& table, const std::filesystem::path& file, const std::string& group);
  void join_group(Draft& draft);

  Settings& settings_;
  Problems& problems_;
  std::vector<Draft> drafts_;
  std::unordered_map<std::string, Place> lists_;
  std::unordered_map<std::string, std::size_t> groups_;  ///< index into the settings'
};

/// A limit to a source or tag that does not exist would never let anything through.
void check_source_limits(const Settings& settings, Problems& problems);

}  // namespace pw::config
