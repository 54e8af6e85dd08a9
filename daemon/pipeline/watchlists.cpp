#include "pipeline/watchlists.hpp"

#include "config/load.hpp"
#include "core/text.hpp"
#include "watchlist/source_terms.hpp"

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

std::shared_ptr<const match::Watchlist> to_watchlist(const config::WatchlistSettings& list,
                                                     std::shared_ptr<const query::NameTable> names) {
  auto shared = std::make_shared<match::Watchlist>();
  match::Watchlist& out = *shared;
  out.id = list.id;
  out.title = list.title;
  out.query = list.query;
  out.dialect = query::dialect_named(list.dialect).value_or(query::Dialect::presswatch);
  out.keywords = list.keywords;
  out.priority = list.priority;
  out.languages = list.languages;
  out.sources = list.sources;
  out.widening = {list.forms, list.spellings};
  out.per_story = list.per_story;
  out.names = to_names(list.names);
  out.shared_names = std::move(names);
  return shared;
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

/// One compilation.
class WatchlistCompiler {
 public:
  WatchlistCompiler(const config::Settings& settings, const std::shared_ptr<const Watchlists>& before)
      : settings_(settings), before_(before) {}

  std::shared_ptr<const Watchlists> compile() {
    take_names();
    if (before_ && out_->name_table_ == before_->name_table_ && settings_.watchlists == before_->settings_) {
      return before_;
    }
    out_->settings_ = settings_.watchlists;
    out_->frequencies_ = before_ ? before_->frequencies_ : std::make_shared<match::Frequencies>();
    index_older();
    for (const auto& list : settings_.watchlists) {
      // A list without a query has an error that was reported already.
      if (list->enabled && !(list->query.empty() && list->keywords.empty())) add(*list);
    }
    for (std::size_t view = 0; view < kViews; ++view) compile_view(view);
    if (!problems_.empty()) throw config::ConfigError(std::move(problems_));
    for (std::size_t i = 0; i < out_->rules_.size(); ++i) out_->by_id_.emplace(out_->rules_[i].id, i);
    return std::move(out_);
  }

 private:
  using Lists = match::WatchlistSet::Shared;

  void take_names() {
    out_->names_ = to_names(settings_.names);
    out_->name_table_ = before_ && before_->names_ == out_->names_
                            ? before_->name_table_
                            : std::make_shared<const query::NameTable>(out_->names_);
    add_problems(*out_->name_table_, settings_.names, problems_);
  }

  /// Lets watchlists with the same settings and names be found in the version before.
  void index_older() {
    if (!before_ || out_->name_table_ != before_->name_table_) return;
    std::vector<const config::WatchlistSettings*> enabled;
    for (const auto& list : before_->settings_) {
      if (list->enabled) enabled.push_back(list.get());
    }
    for (const Watchlists::Part& part : before_->parts_) {
      for (std::size_t i = 0; i < part.rules.size(); ++i) {
        older_.emplace(enabled[part.rules[i]], part.set->watchlists()[i]);
      }
    }
  }

  void add(const config::WatchlistSettings& list) {
    const auto view = static_cast<std::size_t>(view_of(list.fields));
    const auto older = older_.find(&list);
    lists_[view].push_back(older != older_.end() ? older->second : to_watchlist(list, out_->name_table_));
    places_[view].push_back(&list.query_place);
    out_->parts_[view].rules.push_back(out_->rules_.size());
    out_->rules_.push_back(to_rules(list, hours_));
    if (older == older_.end() && !list.names.empty()) {
      add_problems(query::NameTable(lists_[view].back()->names), list.names, problems_);
    }
  }

  void compile_view(std::size_t view) {
    const Lists& lists = lists_[view];
    if (lists.empty()) return;
    auto set = match::WatchlistSet::compile(lists, before_ ? before_->parts_[view].set : nullptr, *out_->frequencies_);
    for (std::size_t i = 0; !set && i < lists.size(); ++i) {
      if (const auto refusal = match::WatchlistSet::check(*lists[i])) {
        problems_.push_back(
            {watchlist::place_in_query(*places_[view][i], lists[i]->query, refusal->offset), refusal->error.message});
      }
    }
    if (set) out_->parts_[view].set = std::move(*set);
  }

  const config::Settings& settings_;
  const std::shared_ptr<const Watchlists>& before_;
  std::shared_ptr<Watchlists> out_ = std::make_shared<Watchlists>();
  std::vector<config::Problem> problems_;
  HoursReader hours_{problems_};
  std::unordered_map<const config::WatchlistSettings*, std::shared_ptr<const match::Watchlist>> older_;
  std::array<Lists, kViews> lists_;
  std::array<std::vector<const config::Place*>, kViews> places_;  ///< of their queries
};

std::shared_ptr<const Watchlists> compile_watchlists(const config::Settings& settings,
                                                     const std::shared_ptr<const Watchlists>& before) {
  return WatchlistCompiler(settings, before).compile();
}

}  // namespace pw::pipeline
