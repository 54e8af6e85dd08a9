#pragma once
/// Compiles the watchlists of the settings for matching.

#include "config/settings.hpp"
#include "match/engine/frequencies.hpp"
#include "match/match.hpp"
#include "query/names.hpp"
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

/// Settings of a watchlist other than its query.
struct ListRules {
  std::string id;
  std::string group;
  config::OwnerSettings owner;
  std::optional<watchlist::ActiveHours> hours;  ///< nothing: always active
  bool hold = true;                             ///< hold matches outside the hours; else publish as quiet
  std::optional<Time> mute_until;
  double min_score = 0;
  std::size_t min_mentions = 1;

  [[nodiscard]] bool muted(Time now) const { return mute_until && now < *mute_until; }
  [[nodiscard]] bool open(Time now) const { return !hours || hours->open(now); }
};

/// The part of an article that a query is matched against.
enum class View : std::uint8_t { whole, title, lead, text, title_and_lead };
inline constexpr std::size_t kViews = 5;

/// The document reduced to the parts of the view. Offsets into it are offsets into the original.
match::Document seen_in(View view, match::Document document);

/// One version of the enabled watchlists, with one set per view. Immutable; any thread.
class Watchlists {
 public:
  struct Part {
    std::shared_ptr<const match::WatchlistSet> set;  ///< nullptr if no watchlist uses this view
    std::vector<std::size_t> rules;                  ///< for each watchlist of the set, its index in rules()
  };

  [[nodiscard]] const Part& part(View view) const { return parts_[static_cast<std::size_t>(view)]; }
  [[nodiscard]] const std::vector<ListRules>& rules() const { return rules_; }
  [[nodiscard]] std::size_t size() const { return rules_.size(); }
  /// nullptr if there is no watchlist with this id, or it is disabled.
  [[nodiscard]] const ListRules* find(std::string_view id) const;
  /// Word frequencies by which rare words are selected; to be learned from the matched articles. All versions share
  /// them.
  [[nodiscard]] const std::shared_ptr<match::Frequencies>& frequencies() const { return frequencies_; }

 private:
  friend class WatchlistCompiler;
  std::array<Part, kViews> parts_;
  std::vector<ListRules> rules_;
  std::unordered_map<std::string_view, std::size_t> by_id_;  ///< the keys refer to rules_
  std::shared_ptr<match::Frequencies> frequencies_;
  query::Names names_;  ///< for all watchlists
  std::shared_ptr<const query::NameTable> name_table_;
  std::vector<std::shared_ptr<const config::WatchlistSettings>> settings_;  ///< what was compiled
};

/// Compiles the watchlists of `settings`. What is the same in `before`, if that is not nullptr, is shared; if
/// everything is, returns `before`. Throws config::ConfigError with the file and line of every invalid query, name or
/// hour.
std::shared_ptr<const Watchlists> compile_watchlists(const config::Settings& settings,
                                                     const std::shared_ptr<const Watchlists>& before = nullptr);

}  // namespace pw::pipeline
