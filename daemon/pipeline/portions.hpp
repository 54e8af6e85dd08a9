#pragma once
/// An article between matching and the store.

#include "pipeline/article_work.hpp"
#include "store/store.hpp"

#include <memory>
#include <vector>

namespace pw::pipeline {

/// An article and what it matches, before any alert is made of it.
struct MatchedArticle {
  Article article;
  store::NewItem item;  ///< without article and alerts; its portion is that of the last one
  std::vector<Found> found;
  std::shared_ptr<MatcherPool> matchers;  ///< `found` borrows from its watchlists
  unsigned revision = 1;
  Timestamps moments;
};

}  // namespace pw::pipeline
