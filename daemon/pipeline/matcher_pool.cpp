#include "pipeline/matcher_pool.hpp"

#include <utility>

namespace pw::pipeline {

Matched MatcherPool::match(const match::Document& document) {
  Matchers matchers;
  const bool is_long = document.text.size() > match::kLongText;
  if (!is_long) {
    const MutexLock lock(mutex_);
    if (!idle_.empty()) {
      matchers = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  Matched out;
  for (std::size_t i = 0; i < kViews; ++i) {
    const auto view = static_cast<View>(i);
    const Watchlists::Part& part = lists_->part(view);
    if (part.set == nullptr) continue;
    if (!matchers[i]) matchers[i] = std::make_unique<match::Matcher>(part.set);
    for (match::Match& one : matchers[i]->match(seen_in(view, document))) {
      const std::size_t index = one.watchlist;
      out.found.push_back({std::move(one), part.set->watchlist(index), lists_->rules()[part.rules[index]]});
    }
    for (const std::size_t index : matchers[i]->undecided()) out.undecided.push_back(part.set->watchlist(index).id);
  }
  if (const auto& whole = matchers[static_cast<std::size_t>(View::whole)]) {
    whole->teach(*frequencies_);
  } else {
    frequencies_->learn(document);
  }
  if (is_long) return out;
  const MutexLock lock(mutex_);
  idle_.push_back(std::move(matchers));
  return out;
}

match::Document to_document(const Article& article, const config::SourceSettings& source) {
  return {article.title, article.text, article.language, source.id, source.tags,
          article.url,   article.site, article.authors,  {}};
}

}  // namespace pw::pipeline
