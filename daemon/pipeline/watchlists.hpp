#pragma once
/// From the watchlists of the settings to what articles are matched with.

#include "config/settings.hpp"
#include "match/engine/frequencies.hpp"
#include "match/match.hpp"
#include "watchlist/active_hours.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pw::pipeline {

/// What is said of a watchlist beside its query.
struct ListRules {
  std::string id;
  std::string group;
  config::OwnerSettings owner;
  std::optional<watchlist::ActiveHours> hours;  ///< nothing: always
  bool hold = true;                             ///< what is found outside the hours waits; else it is marked as quiet
  std::optional<Time> mute_until;
  double min_score = 0;
  std::size_t min_mentions = 1;

  [[nodiscard]] bool muted(Time now) const { return mute_until && now < *mute_until; }
  [[nodiscard]] bool open(Time now) const { return !hours || hours->open(now); }
};

/// The parts of an article that a query is held against, as if it had no others.
enum class View : std::uint8_t { whole, title, lead, text, title_and_lead };
inline constexpr std::size_t kViews = 5;

/// The document with only the parts of the view; offsets into it are offsets into the whole.
match::Document seen_in(View view, match::Document document);

/// The enabled watchlists of one moment, those that look at the same parts of an article in one set. Immutable; any
/// thread.
class Watchlists {
 public:
  struct Part {
    std::shared_ptr<const match::WatchlistSet> set;  ///< nullptr: no list looks at it
    std::vector<std::size_t> rules;                  ///< of each list of the set, its index in rules()
  };

  [[nodiscard]] const Part& part(View view) const { return deps_[static_cast<std::size_t>(view)]; }
  [[nodiscard]] const std::vector<ListRules>& rules() const { return rules_; }
  [[nodiscard]] std::size_t size() const { return rules_.size(); }
  /// nullptr when there is none of the id, or it is disabled.
  [[nodiscard]] const ListRules* find(std::string_view id) const;

 private:
  friend class WatchlistCompiler;
  std::array<Part, kViews> deps_;
  std::vector<ListRules> rules_;
  std::unordered_map<std::string_view, std::size_t> by_id_;  ///< the keys are in rules_
};

/// Keeps what it compiled last, so that the next time only what changed is compiled. One thread at a time.
class WatchlistCompiler {
 public:
  /// Throws config::ConfigError naming the file and line of each wrong query, name or hour; what was compiled last is
  /// kept.
  std::shared_ptr<const Watchlists> compile(const config::Settings& settings);

  /// What compile chooses rare words by; learnt from the articles that are matched.
  [[nodiscard]] std::shared_ptr<match::Frequencies> frequencies() const { return frequencies_; }

 private:
  std::shared_ptr<match::Frequencies> frequencies_ = std::make_shared<match::Frequencies>();
  std::vector<config::NameSettings> name_settings_;
  std::shared_ptr<const query::NameTable> names_;
  std::shared_ptr<const Watchlists> last_;
};

/// The same for one time.
std::shared_ptr<const Watchlists> compile_watchlists(const config::Settings& settings);

}  // namespace pw::pipeline
