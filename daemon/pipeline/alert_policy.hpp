#pragma once
/// Decides what a match becomes: an alert, a deferred alert, or a count. Pure.

#include "core/article.hpp"
#include "core/id.hpp"
#include "pipeline/matcher_pool.hpp"
#include "pipeline/watchlists.hpp"
#include "store/storage.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pw::pipeline {

enum class Decision : std::uint8_t {
  alert,            ///< published immediately
  quiet,            ///< published immediately, marked as outside the active hours
  defer,            ///< deferred until the active hours begin
  muted,            ///< counted only
  below_threshold,  ///< counted only
};

Decision decide(const match::Match& match, const ListRules& rules, Time now);

/// The activity of a watchlist at a time: "active", "muted" or "quiet" (outside its hours).
std::string_view activity(const ListRules& rules, Time now);

/// Timestamps of one article, for the latency budget included in every alert.
struct Timestamps {
  Time seen{};     ///< when the answer that listed it was read
  Time fetched{};  ///< when its page was received
  Time matched{};  ///< also the time for which the watchlists' hours are evaluated
};

struct AlertContext {
  const config::SourceSettings& source;
  const std::string& item_id;
  Id item;  ///< identifies the item within its source
  Id content;
  unsigned revision = 1;
  Id story;
  Timestamps times;
};

/// Limits of one group of alerts. They bound the memory for an article regardless of how many watchlists it matches.
inline constexpr std::size_t kGroupAlerts = 100;
inline constexpr std::size_t kGroupBytes = std::size_t{1} << 20U;  ///< total size of bodies; the last one may exceed it

/// Alerts, not yet numbered (the store does that), and suppressed matches.
struct Drafts {
  std::vector<store::NewAlert> alerts;
  std::vector<store::SuppressedMatch> suppressed;
  std::size_t used = 0;  ///< number of matches processed, from the front
};

/// Drafts one group: the alerts for the first matches, in order. Call it again with the remaining matches.
///
/// An alert's id is derived from its watchlist, item, revision and content, so the log stores it only once even if it
/// is drafted again. For watchlists with one alert per story, the id is derived from the story.
Drafts draft_alerts(const Article& article, std::span<const Found> found, const AlertContext& context);

}  // namespace pw::pipeline
