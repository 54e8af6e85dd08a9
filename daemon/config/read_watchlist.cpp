#include "config/read_watchlist.hpp"

#include "config/read_source.hpp"
#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <set>

namespace pw::config {
namespace {

bool is_language(std::string_view text) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return text.size() >= 2 && text.size() <= 3 && std::ranges::all_of(text, letter);
}

/// NAME = ["alias", …], or a table of such lists by language.
NameSettings read_name(TableReader& reader, std::string_view key, const toml::node& node,
                       const std::filesystem::path& file, Problems& problems) {
  NameSettings one{std::string(key), {}, {file, node.source().begin.line}};
  std::vector<std::string> texts;
  if (!node.is_table()) {
    reader.read(key, texts);
    for (std::string& text : texts) one.aliases.push_back({std::move(text), ""});
  } else {
    TableReader inner(*reader.take_table(key), std::string(key), file, problems);
    for (const auto& [language, list] : *node.as_table()) {
      inner.read(language.str(), texts);
      if (!is_language(language.str())) inner.problem(language.str(), "must be a language's letters, as in he or fa");
      for (std::string& text : texts) one.aliases.push_back({std::move(text), std::string(language.str())});
    }
  }
  if (one.aliases.empty()) reader.problem(key, "needs at least one alias");
  return one;
}

std::vector<NameSettings> read_name_table(const toml::table& table, const std::filesystem::path& file,
                                          Problems& problems) {
  std::vector<NameSettings> out;
  TableReader reader(table, "names", file, problems);
  for (const auto& [key, node] : table) out.push_back(read_name(reader, key.str(), node, file, problems));
  return out;
}

}  // namespace

WatchlistReader::WatchlistReader(Settings& settings, Problems& problems) : settings_(settings), problems_(problems) {
  for (const WatchlistSettings& list : settings.watchlists) lists_.emplace(list.id, list.place);
  for (std::size_t i = 0; i < settings.groups.size(); ++i) groups_.emplace(settings.groups[i].id, i);
}

std::string WatchlistReader::read_group(const toml::table& table, const std::filesystem::path& file) {
  TableReader reader(table, "group", file, problems_);
  GroupSettings group;
  group.place = {file, reader.line()};
  reader.read("id", group.id);
  group.title = group.id;
  reader.read("title", group.title);
  reader.read("notes", group.notes);
  group.rules = read_rules(reader, file, problems_);
  if (!is_id(group.id)) reader.problem("id", "must be 1 to 64 of a-z 0-9 . _ -");
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
  reader.read("id", list.id);
  list.title = list.id;
  reader.read("title", list.title);
  reader.read("query", list.query);
  reader.read_choice("dialect", list.dialect, {"presswatch", "lexis", "meltwater", "brandwatch", "lucene"});
  reader.read("keywords", list.keywords);
  list.query_place = reader.place(list.query.empty() ? "keywords" : "query");
  reader.read("notes", list.notes);
  list.group = group;
  reader.read("group", list.group);
  draft.group_place = reader.place("group");
  draft.rules = read_rules(reader, file, problems_);
  if (const toml::table* names = reader.take_table("names")) list.names = read_name_table(*names, file, problems_);
  if (list.dialect != "presswatch" && list.query.empty()) {
    reader.problem("dialect", "is the language of a query; keywords are read in the default one");
  }
  if (!is_id(list.id)) reader.problem("id", "must be 1 to 64 of a-z 0-9 . _ -");
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
  const toml::node* list = reader.take("watchlist");
  if (list != nullptr && !list->is_array_of_tables()) {
    reader.problem("watchlist", "must be written as [[watchlist]]");
  } else if (list != nullptr) {
    for (const toml::node& one : *list->as_array()) read_list(*one.as_table(), file, in);
  }
  reader.finish();
}

void WatchlistReader::join_group(Draft& draft) {
  const std::string& name = draft.list.group;
  if (name.empty()) return;
  const auto found = groups_.find(name);
  if (found != groups_.end()) {
    apply_rules(settings_.groups[found->second].rules, draft.list);
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
    apply_rules(draft.rules, draft.list);
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

void read_names(const std::filesystem::path& file, Settings& settings, Problems& problems) {
  const auto root = parse_file(file, problems);
  if (!root) return;
  TableReader reader(*root, "", file, problems);
  if (const toml::table* names = reader.take_table("names")) {
    for (NameSettings& one : read_name_table(*names, file, problems)) {
      const auto twin = std::ranges::find(settings.names, one.name, &NameSettings::name);
      if (twin != settings.names.end()) {
        problems.add(
            file, one.place.line,
            fmt::format("names.{} stands already in {}:{}", one.name, twin->place.file.string(), twin->place.line));
      }
      settings.names.push_back(std::move(one));
    }
  }
  reader.finish();
}

}  // namespace pw::config
