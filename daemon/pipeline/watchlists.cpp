#include "pipeline/watchlists.hpp"

#include "config/load.hpp"
#include "core/text.hpp"
#include "match/names.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <utility>

namespace pw::pipeline {
namespace {

match::Names to_names(const std::vector<config::NameSettings>& names) {
  match::Names out;
  out.reserve(names.size());
  for (const config::NameSettings& one : names) {
    match::Name name{one.name, {}};
    for (const config::AliasSettings& alias : one.aliases) name.aliases.emplace_back(alias.text, alias.language);
    out.push_back(std::move(name));
  }
  return out;
}

match::Watchlist to_watchlist(const config::WatchlistSettings& list, std::shared_ptr<const match::NameTable> names) {
  match::Watchlist out;
  out.id = list.id;
  out.title = list.title;
  out.query = list.query;
  out.dialect = match::dialect_named(list.dialect).value_or(match::Dialect::presswatch);
  out.keywords = list.keywords;
  out.priority = list.priority;
  out.languages = list.languages;
  out.sources = list.sources;
  out.per_story = list.per_story;
  out.names = to_names(list.names);
  out.shared_names = std::move(names);
  return out;
}

void add_problems(const match::NameTable& table, const std::vector<config::NameSettings>& names,
                  std::vector<config::Problem>& problems) {
  for (const match::NameTable::Problem& problem : table.problems()) {
    const auto found = std::ranges::find(names, problem.name, &config::NameSettings::name);
    problems.push_back({found->place, fmt::format("names.{}: {}", printable(problem.name), problem.message)});
  }
}

}  // namespace

std::shared_ptr<const match::WatchlistSet> WatchlistCompiler::compile(const config::Settings& settings) {
  std::vector<config::Problem> problems;
  auto names = names_;
  if (names == nullptr || settings.names != name_settings_) {
    names = std::make_shared<const match::NameTable>(to_names(settings.names));
  }
  add_problems(*names, settings.names, problems);
  std::vector<match::Watchlist> lists;
  std::vector<config::Place> places;
  for (const config::WatchlistSettings& list : settings.watchlists) {
    if (!list.enabled) continue;
    lists.push_back(to_watchlist(list, names));
    places.push_back(list.place);
    if (!list.names.empty()) add_problems(match::NameTable(lists.back().names), list.names, problems);
  }
  auto set = match::WatchlistSet::compile(lists, last_, *frequencies_);
  for (std::size_t i = 0; !set && i < lists.size(); ++i) {
    if (const auto error = match::WatchlistSet::check(lists[i])) problems.push_back({places[i], error->message});
  }
  if (!problems.empty()) throw config::ConfigError(std::move(problems));
  name_settings_ = settings.names;
  names_ = std::move(names);
  last_ = *set;
  return last_;
}

std::shared_ptr<const match::WatchlistSet> compile_watchlists(const config::Settings& settings) {
  return WatchlistCompiler().compile(settings);
}

}  // namespace pw::pipeline
