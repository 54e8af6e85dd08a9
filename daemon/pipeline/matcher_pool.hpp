#pragma once
/// Matching an article against the watchlists of one moment.

#include "core/article.hpp"
#include "core/mutex.hpp"
#include "match/engine/frequencies.hpp"
#include "match/match.hpp"
#include "pipeline/watchlists.hpp"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace pw::pipeline {

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

/// The article as the matcher takes it; borrows from both.
match::Document to_document(const Article& article, const config::SourceSettings& source);

}  // namespace pw::pipeline
