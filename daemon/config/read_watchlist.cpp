#include "config/read_watchlist.hpp"

#include "config/read_source.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

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

void read_watchlist(const toml::table& table, const std::filesystem::path& file, Settings& settings,
                    Problems& problems) {
  TableReader reader(table, "watchlist", file, problems);
  WatchlistSettings list;
  list.place = {file, reader.line()};
  reader.read("id", list.id);
  list.title = list.id;
  reader.read("title", list.title);
  reader.read("query", list.query);
  reader.read_choice("dialect", list.dialect, {"presswatch", "lexis", "meltwater", "brandwatch", "lucene"});
  reader.read("keywords", list.keywords);
  reader.read_choice("priority", list.priority, {"low", "normal", "high"});
  reader.read("languages", list.languages);
  reader.read("sources", list.sources);
  reader.read("per_story", list.per_story);
  reader.read("enabled", list.enabled);
  if (const toml::table* names = reader.take_table("names")) list.names = read_name_table(*names, file, problems);
  if (list.dialect != "presswatch" && list.query.empty()) {
    reader.problem("dialect", "is the language of a query; keywords are read in the default one");
  }
  if (!is_id(list.id)) reader.problem("id", "must be 1 to 64 of a-z 0-9 . _ -");
  if (list.query.empty() == list.keywords.empty()) {
    reader.problem(list.query.empty() ? "keywords" : "query",
                   "needs exactly one of keywords = [\"Azerbaijan\", \"Iran\"] and query = 'Azerbaijan* AND Iran*'");
  }
  const auto twin = std::ranges::find(settings.watchlists, list.id, &WatchlistSettings::id);
  if (twin != settings.watchlists.end()) {
    reader.problem("id", fmt::format("\"{}\" is used twice, first at {}:{}", list.id, twin->place.file.string(),
                                     twin->place.line));
  }
  reader.finish();
  settings.watchlists.push_back(std::move(list));
}

}  // namespace

void read_watchlists(const std::filesystem::path& file, Settings& settings, Problems& problems) {
  const auto root = parse_file(file, problems);
  if (!root) return;
  TableReader reader(*root, "", file, problems);
  const toml::node* list = reader.take("watchlist");
  if (list != nullptr && !list->is_array_of_tables()) {
    reader.problem("watchlist", "must be written as [[watchlist]]");
  } else if (list != nullptr) {
    for (const toml::node& one : *list->as_array()) read_watchlist(*one.as_table(), file, settings, problems);
  }
  reader.finish();
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
