#pragma once
/// The part of the way that needs no waiting: page to article to matches to alerts. Pure; runs on pool threads.

#include "core/article.hpp"
#include "core/id.hpp"
#include "core/mutex.hpp"
#include "core/result.hpp"
#include "fetch/fetch_types.hpp"
#include "match/engine/frequencies.hpp"
#include "match/match.hpp"
#include "pipeline/watchlists.hpp"
#include "source/plugin.hpp"
#include "store/store.hpp"

#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace pw::pipeline {

/// The moments of one article's way, for the latency budget that every alert carries.
struct Timestamps {
  Time seen{};     ///< the source's answer that named it was read
  Time fetched{};  ///< its page was there
  Time matched{};
};

/// A watchlist that an article matches. Borrows from the watchlists.
struct Found {
  match::Match match;
  const match::Watchlist& list;
  const ListRules& rules;
};

struct Matched {
  std::vector<Found> found;
  /// Ids of watchlists that it could not be decided for: the article is so made that it would have taken too many
  /// steps.
  std::vector<std::string> undecided;
};

/// The watchlists of one moment and the scratch memory to match with. Any thread.
class MatcherPool {
 public:
  MatcherPool(std::shared_ptr<const Watchlists> lists, std::shared_ptr<match::Frequencies> frequencies)
      : lists_(std::move(lists)), frequencies_(std::move(frequencies)) {}

  [[nodiscard]] const Watchlists& lists() const { return *lists_; }
  /// Whatever matches, above its thresholds or not. Also counts the article's words for the next set.
  Matched match(const match::Document& document);

 private:
  using Matchers = std::array<std::unique_ptr<match::Matcher>, kViews>;

  std::shared_ptr<const Watchlists> lists_;
  std::shared_ptr<match::Frequencies> frequencies_;
  Mutex mutex_;
  std::vector<Matchers> idle_ PW_GUARDED_BY(mutex_);
};

/// Reads a fetched page: charset, then the source's own extractor or the general one, then the gaps filled from what
/// the source said of the item. `notes` get what was beyond the limits of an article (source/usable.hpp).
Result<Article> read_page(source::Source& source, const fetch::FetchResponse& page, const source::Item& item, Time now,
                          std::vector<std::string>& notes);

/// The article that a settled item makes without its page: title and summary, marked as partial unless the item is
/// complete and nothing of it was cut. A date that cannot be becomes `now`.
Article article_of_hints(const source::Item& item, Time now);

/// What an article says, for telling a revision from a repetition.
Id content_id(const Article& article);

struct AlertContext {
  const config::SourceSettings& source;
  const std::string& item_id;
  unsigned revision = 1;
  Id story;
  Timestamps moments;  ///< `matched` is also the moment at which the watchlists' hours are read
};

/// Of one group of alerts, which is what memory an article takes however many watchlists it matches.
inline constexpr std::size_t kGroupAlerts = 100;
inline constexpr std::size_t kGroupBytes = std::size_t{1} << 20U;  ///< of bodies; the last may go beyond it

/// What the matches of an article become: alerts without their numbers, which are the store's to give, and counts.
struct Drafts {
  std::vector<store::NewAlert> alerts;
  std::vector<store::SuppressedMatch> silent;
  std::size_t used = 0;  ///< so many of the matches, from the first on
};

/// One group: the alerts of the first matches, in their order. Call it again with the others.
Drafts draft_alerts(const Article& article, std::span<const Found> found, const AlertContext& context);

/// The article as the matcher takes it; borrows from both.
match::Document to_document(const Article& article, const config::SourceSettings& source);

}  // namespace pw::pipeline
