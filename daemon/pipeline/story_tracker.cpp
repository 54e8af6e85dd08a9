#include "pipeline/story_tracker.hpp"

namespace pw::pipeline {

StoryTracker::StoryTracker(const Clock& clock, Time started)
    : clock_(clock), started_(started), started_steady_(clock.steady()) {}

Time StoryTracker::now() const {
  return started_ + std::chrono::duration_cast<Milliseconds>(clock_.steady() - started_steady_);
}

Id StoryTracker::place(const Article& article, const std::optional<Id>& known) {
  const stories::Sketch sketch = stories::sketch(article.title, article.text);
  const MutexLock lock(mutex_);
  if (known) {
    index_.restore(*known, sketch, now(), article.language);
    return *known;
  }
  return index_.assign(sketch, now(), article.language).story;
}

Result<void> StoryTracker::warm_up(store::Storage& storage) {
  const stories::StorySettings limits;
  return storage.visit_articles(now() - limits.window, limits.max_articles, [this](const store::StoryArticle& article) {
    const stories::Sketch sketch = stories::sketch(article.title, article.text);
    const MutexLock lock(mutex_);
    index_.restore(article.story, sketch, article.seen, article.language);
  });
}

}  // namespace pw::pipeline
