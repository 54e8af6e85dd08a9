#pragma once
/// What becomes of the matches of an article: alerts, deferred alerts, or a count. Pure.

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
  alert,            ///< published at once
  quiet,            ///< published at once, marked: outside the active hours
  defer,            ///< kept back until the active hours begin
  muted,            ///< counted only
  below_threshold,  ///< counted only
};

Decision decide(const match::Match& match, const ListRules& rules, Time now);

/// The activity of a watchlist at a moment: "active", "muted" or "quiet" (outside its hours).
std::string_view activity(const ListRules& rules, Time now);

/// The moments of one article, for the latency budget that every alert carries.
struct Timestamps {
  Time seen{};     ///< the source's answer that named it was read
  Time fetched{};  ///< its page was there
  Time matched{};  ///< also the moment at which the watchlists' hours are read
};

struct AlertContext {
  const config::SourceSettings& source;
  const std::string& item_id;
  Id item;  ///< names the item within its source
  Id content;
  unsigned revision = 1;
  Id story;
  Timestamps times;
};

/// Of one group of alerts, which is what memory an article takes however many watchlists it matches.
inline constexpr std::size_t kGroupAlerts = 100;
inline constexpr std::size_t kGroupBytes = std::size_t{1} << 20U;  ///< of bodies; the last may go beyond it

/// Alerts without their numbers, which are the store's to give, and counts.
struct Drafts {
  std::vector<store::NewAlert> alerts;
  std::vector<store::SuppressedMatch> suppressed;
  std::size_t used = 0;  ///< so many of the matches, from the first on
};

/// One group: the alerts of the first matches, in their order. Call it again with the others.
///
/// The id of an alert follows from its watchlist, its item, the item's revision and its content, so that the log takes
/// it once however often it is made; of a watchlist that wants one alert a story, from the story.
Drafts draft_alerts(const Article& article, std::span<const Found> found, const AlertContext& context);

}  // namespace pw::pipeline
