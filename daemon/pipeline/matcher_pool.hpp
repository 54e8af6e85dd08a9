#pragma once
/// Matches articles against one version of the watchlists.

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

/// A watchlist that an article matches. Refers to the Watchlists it came from.
struct Found {
  match::Match match;
  const match::Watchlist& list;
  const ListRules& rules;
};

struct Matched {
  std::vector<Found> found;
  /// Ids of watchlists for which matching was abandoned at the step limit, which only unusual articles reach.
  std::vector<std::string> undecided;
};

/// Owns one version of the watchlists and reusable matchers for it. Any thread.
class MatcherPool {
 public:
  MatcherPool(std::shared_ptr<const Watchlists> lists, std::shared_ptr<match::Frequencies> frequencies)
      : lists_(std::move(lists)), frequencies_(std::move(frequencies)) {}

  [[nodiscard]] const Watchlists& lists() const { return *lists_; }
  /// All matches, regardless of thresholds. Also counts the article's words for the next compilation.
  Matched match(const match::Document& document);

 private:
  using Matchers = std::array<std::unique_ptr<match::Matcher>, kViews>;

  std::shared_ptr<const Watchlists> lists_;
  std::shared_ptr<match::Frequencies> frequencies_;
  Mutex mutex_;
  std::vector<Matchers> idle_ PW_GUARDED_BY(mutex_);
};

/// The article in the form that the matcher takes. Refers to both arguments.
match::Document to_document(const Article& article, const config::SourceSettings& source);

}  // namespace pw::pipeline
