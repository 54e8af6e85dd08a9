#include "config/read_watchlist.hpp"

#include "config/keys/read_keys.hpp"
#include "config/keys/watchlist_keys.hpp"

#include <string>
#include <utility>

namespace pw::config {
namespace {

std::shared_ptr<const GroupSettings> read_group(TableReader reader) {
  auto group = std::make_shared<GroupSettings>();
  group->place = reader.place();
  read_keys<GroupSettings>(reader, kGroupKeys, *group);
  if (!reader.has("title")) group->title = group->id;
  group->given = read_rules(reader, group->rules);
  reader.finish();
  return group;
}

/// True if the file names a dialect that does not exist, so that the language of the query is not known.
bool has_wrong_dialect(const TableReader& reader, const WatchlistSettings& list) {
  return reader.has("dialect") && reader.text("dialect") != list.dialect;
}

void check_query(TableReader& reader, const WatchlistSettings& list) {
  if (list.dialect != "presswatch" && list.query.empty()) {
    reader.problem("dialect", "is the language of a query; keywords are read in the default one");
  }
  if (list.query.empty() == list.keywords.empty()) {
    reader.problem(list.query.empty() ? "keywords" : "query",
                   "needs exactly one of keywords = [\"Azerbaijan\", \"Iran\"] and query = 'Azerbaijan* AND Iran*'");
  }
}

WatchlistDraft read_list(TableReader reader, const std::string& group) {
  WatchlistDraft draft;
  WatchlistSettings& list = draft.list;
  list.place = reader.place();
  read_keys<WatchlistSettings>(reader, kWatchlistKeys, list);
  if (!reader.has("title")) list.title = list.id;
  if (!reader.has("group")) list.group = group;
  list.query_place = list.query.empty() ? reader.place("keywords") : reader.content_place("query");
  draft.id_place = reader.place("id");
  draft.group_place = reader.place("group");
  draft.given = read_rules(reader, list);
  check_query(reader, list);
  if (has_wrong_dialect(reader, list)) list.query.clear();
  reader.finish();
  return draft;
}

}  // namespace

WatchlistTables read_watchlists(const toml::table& root, const std::filesystem::path& file, Problems& problems) {
  TableReader reader(root, "", file, problems);
  WatchlistTables out;
  if (const toml::table* group = reader.take_table("group")) {
    const TableReader in = reader.inner(*group, "group");
    out.group_id_place = in.place("id");
    out.group = read_group(in);
  }
  const std::string group = out.group != nullptr ? out.group->id : "";
  for (const toml::table* one : reader.take_tables("watchlist")) {
    out.lists.push_back(read_list(reader.inner(*one, "watchlist"), group));
  }
  reader.finish();
  return out;
}

}  // namespace pw::config
