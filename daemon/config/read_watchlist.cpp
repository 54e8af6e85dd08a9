#include "config/read_watchlist.hpp"

#include "config/keys/read_keys.hpp"
#include "config/keys/watchlist_keys.hpp"
#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <set>

namespace pw::config {

WatchlistReader::WatchlistReader(Settings& settings, Problems& problems) : settings_(settings), problems_(problems) {
  for (const WatchlistSettings& list : settings.watchlists) lists_.emplace(list.id, list.place);
  for (std::size_t i = 0; i < settings.groups.size(); ++i) groups_.emplace(settings.groups[i].id, i);
}

std::string WatchlistReader::read_group(const toml::table& table, const std::filesystem::path& file) {
  TableReader reader(table, "group", file, problems_);
  GroupSettings group;
  group.place = {file, reader.line()};
  read_keys<GroupSettings>(reader, kGroupKeys, group);
  if (!reader.has("title")) group.title = group.id;
  group.given = read_rules(reader, group.rules);
  const auto [known, fresh] = groups_.emplace(group.id, settings_.groups.size());
  if (!fresh) {
    const Place& first = settings_.groups[known->second].place;
    reader.problem("id", fmt::format("\"{}\" is used twice, first at {}:{}; a list of another file joins it by "
                                     "group = \"{}\"",
                                     group.id, first.file.string(), first.line, group.id));
  }
  reader.finish();
  settings_.groups.push_back(std::move(group));
  return settings_.groups.back().id;
}

void WatchlistReader::read_list(const toml::table& table, const std::filesystem::path& file, const std::string& group) {
  TableReader reader(table, "watchlist", file, problems_);
  Draft draft;
  WatchlistSettings& list = draft.list;
  list.place = {file, reader.line()};
  read_keys<WatchlistSettings>(reader, kWatchlistKeys, list);
  if (!reader.has("title")) list.title = list.id;
  if (!reader.has("group")) list.group = group;
  list.query_place = reader.place(list.query.empty() ? "keywords" : "query");
  draft.group_place = reader.place("group");
  draft.given = read_rules(reader, list);
  if (list.dialect != "presswatch" && list.query.empty()) {
    reader.problem("dialect", "is the language of a query; keywords are read in the default one");
  }
  if (list.query.empty() == list.keywords.empty()) {
    reader.problem(list.query.empty() ? "keywords" : "query",
                   "needs exactly one of keywords = [\"Azerbaijan\", \"Iran\"] and query = 'Azerbaijan* AND Iran*'");
  }
  const auto [twin, fresh] = lists_.emplace(list.id, list.place);
  if (!fresh) {
    reader.problem("id", fmt::format("\"{}\" is used twice, first at {}:{}", list.id, twin->second.file.string(),
                                     twin->second.line));
  }
  reader.finish();
  drafts_.push_back(std::move(draft));
}

void WatchlistReader::read(const toml::table& root, const std::filesystem::path& file) {
  TableReader reader(root, "", file, problems_);
  const toml::table* group = reader.take_table("group");
  const std::string in = group != nullptr ? read_group(*group, file) : "";
  for (const toml::table* one : reader.take_tables("watchlist")) read_list(*one, file, in);
  reader.finish();
}

void WatchlistReader::join_group(Draft& draft) {
  const std::string& name = draft.list.group;
  if (name.empty()) return;
  const auto found = groups_.find(name);
  if (found != groups_.end()) {
    inherit(settings_.groups[found->second], draft.given, draft.list);
    return;
  }
  std::vector<std::string_view> known;
  for (const GroupSettings& group : settings_.groups) known.push_back(group.id);
  const std::string_view near = nearest_name(name, known);
  problems_.add(
      draft.group_place.file, draft.group_place.line,
      fmt::format("watchlist.group \"{}\" is unknown; {}", printable(name),
                  near.empty() ? "a group is a file's [group] with an id" : fmt::format("did you mean \"{}\"?", near)));
}

void WatchlistReader::finish() {
  settings_.watchlists.reserve(settings_.watchlists.size() + drafts_.size());
  for (Draft& draft : drafts_) {
    join_group(draft);
    settings_.watchlists.push_back(std::move(draft.list));
  }
  drafts_.clear();
}

void check_source_limits(const Settings& settings, Problems& problems) {
  std::set<std::string, std::less<>> known;
  for (const SourceSettings& source : settings.sources) {
    known.insert(source.id);
    for (const std::string& tag : source.tags) known.insert("tag:" + tag);
  }
  for (const WatchlistSettings& list : settings.watchlists) {
    for (const std::string& one : list.sources) {
      if (known.contains(one)) continue;
      const std::string_view near = nearest_name(one, known);
      problems.add(
          list.sources_place.file, list.sources_place.line,
          fmt::format("sources of watchlist \"{}\": there is no \"{}\"{}", list.id, printable(one),
                      near.empty() ? "; a source's id, or tag:NAME" : fmt::format("; did you mean \"{}\"?", near)));
    }
  }
}

}  // namespace pw::config
