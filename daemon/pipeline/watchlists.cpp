#include "pipeline/watchlists.hpp"

#include "config/load.hpp"
#include "core/text.hpp"
#include "query/names.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <utility>

namespace pw::pipeline {
namespace {

query::Names to_names(const std::vector<config::NameSettings>& names) {
  query::Names out;
  out.reserve(names.size());
  for (const config::NameSettings& one : names) {
    query::Name name{one.name, {}};
    for (const config::AliasSettings& alias : one.aliases) name.aliases.emplace_back(alias.text, alias.language);
    out.push_back(std::move(name));
  }
  return out;
}

match::Watchlist to_watchlist(const config::WatchlistSettings& list, std::shared_ptr<const query::NameTable> names) {
  match::Watchlist out;
  out.id = list.id;
  out.title = list.title;
  out.query = list.query;
  out.dialect = query::dialect_named(list.dialect).value_or(query::Dialect::presswatch);
  out.keywords = list.keywords;
  out.priority = list.priority;
  out.languages = list.languages;
  out.sources = list.sources;
  out.per_story = list.per_story;
  out.names = to_names(list.names);
  out.shared_names = std::move(names);
  return out;
}

void add_problems(const query::NameTable& table, const std::vector<config::NameSettings>& names,
                  std::vector<config::Problem>& problems) {
  for (const query::NameTable::Problem& problem : table.problems()) {
    const auto found = std::ranges::find(names, problem.name, &config::NameSettings::name);
    problems.push_back({found->place, fmt::format("names.{}: {}", printable(problem.name), problem.message)});
  }
}

View view_of(const std::vector<std::string>& fields) {
  const auto has = [&](std::string_view one) { return std::ranges::find(fields, one) != fields.end(); };
  if (fields.empty() || (has("title") && has("text"))) return View::whole;
  if (has("text")) return View::text;
  if (has("lead")) return has("title") ? View::title_and_lead : View::lead;
  return View::title;
}

/// Time zones are few but expensive to load, and watchlists are many: those with the same hours share one result.
class HoursReader {
 public:
  explicit HoursReader(std::vector<config::Problem>& problems) : problems_(problems) {}

  std::optional<watchlist::ActiveHours> read(const config::ActiveSettings& active) {
    const std::string key = active.hours + '\n' + active.days + '\n' + active.timezone;
    const auto known = known_.find(key);
    if (known != known_.end()) return known->second;
    const auto hours = watchlist::ActiveHours::read(active.hours, active.days, active.timezone);
    if (hours) return known_.emplace(key, *hours).first->second;
    const auto said = [&](const config::Problem& one) {
      return one.place == active.place && one.message == hours.error().message;
    };
    if (std::ranges::none_of(problems_, said)) problems_.push_back({active.place, hours.error().message});
    return std::nullopt;
  }

 private:
  std::vector<config::Problem>& problems_;
  std::unordered_map<std::string, watchlist::ActiveHours> known_;
};

ListRules to_rules(const config::WatchlistSettings& list, HoursReader& hours) {
  ListRules out;
  out.id = list.id;
  out.group = list.group;
  out.owner = list.owner;
  if (list.active) out.hours = hours.read(*list.active);
  out.hold = list.active && list.active->hold;
  out.mute_until = list.mute_until;
  out.min_score = list.min_score;
  out.min_mentions = list.min_mentions;
  return out;
}

/// The watchlists of one view, before they are compiled to a set.
struct Group {
  std::vector<match::Watchlist> lists;
  std::vector<config::Place> places;  ///< positions of their queries
};

}  // namespace

match::Document seen_in(View view, match::Document document) {
  if (view == View::title) document.text = {};
  if (view == View::lead || view == View::text) document.title = {};
  if (view == View::lead || view == View::title_and_lead) {
    document.text = document.text.substr(0, document.text.find('\n'));
  }
  return document;
}

const ListRules* Watchlists::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found != by_id_.end() ? &rules_[found->second] : nullptr;
}

std::shared_ptr<const Watchlists> WatchlistCompiler::compile(const config::Settings& settings) {
  std::vector<config::Problem> problems;
  auto names = names_;
  if (names == nullptr || settings.names != name_settings_) {
    names = std::make_shared<const query::NameTable>(to_names(settings.names));
  }
  add_problems(*names, settings.names, problems);
  auto out = std::make_shared<Watchlists>();
  HoursReader hours(problems);
  std::array<Group, kViews> groups;
  for (const config::WatchlistSettings& list : settings.watchlists) {
    if (!list.enabled) continue;
    const auto view = static_cast<std::size_t>(view_of(list.fields));
    groups[view].lists.push_back(to_watchlist(list, names));
    groups[view].places.push_back(list.query_place);
    out->deps_[view].rules.push_back(out->rules_.size());
    out->rules_.push_back(to_rules(list, hours));
    if (!list.names.empty()) {
      add_problems(query::NameTable(groups[view].lists.back().names), list.names, problems);
    }
  }
  for (std::size_t view = 0; view < kViews; ++view) {
    const auto& [lists, places] = groups[view];
    if (lists.empty()) continue;
    auto set = match::WatchlistSet::compile(lists, last_ ? last_->deps_[view].set : nullptr, *frequencies_);
    for (std::size_t i = 0; !set && i < lists.size(); ++i) {
      if (const auto error = match::WatchlistSet::check(lists[i])) problems.push_back({places[i], error->message});
    }
    if (set) out->deps_[view].set = std::move(*set);
  }
  if (!problems.empty()) throw config::ConfigError(std::move(problems));
  for (std::size_t i = 0; i < out->rules_.size(); ++i) out->by_id_.emplace(out->rules_[i].id, i);
  name_settings_ = settings.names;
  names_ = std::move(names);
  last_ = std::move(out);
  return last_;
}

std::shared_ptr<const Watchlists> compile_watchlists(const config::Settings& settings) {
  return WatchlistCompiler().compile(settings);
}

}  // namespace pw::pipeline
