#pragma once
/// The stories of the last days, shared by the pool threads.

#include "core/article.hpp"
#include "core/mutex.hpp"
#include "core/time.hpp"
#include "store/storage.hpp"
#include "stories/story_index.hpp"

#include <optional>

namespace pw::pipeline {

/// Any thread. Sketches of texts are computed outside the lock. Measures time by the steady clock from `started` on, so
/// that a step of the wall clock neither ends all stories nor keeps one forever.
class StoryTracker {
 public:
  /// `started`: the current time, by a trusted clock.
  StoryTracker(const Clock& clock, Time started);

  /// The story of an article. `known`: the story with which portions of it are already stored.
  Id place(const Article& article, const std::optional<Id>& known);

  /// Reads the articles of the window, so that stories continue across a restart. Blocks on the disk.
  Result<void> warm_up(store::Storage& storage);

 private:
  [[nodiscard]] Time now() const;

  const Clock& clock_;
  Time started_;
  std::chrono::steady_clock::time_point started_steady_;
  Mutex mutex_;
  stories::StoryIndex index_ PW_GUARDED_BY(mutex_);
};

}  // namespace pw::pipeline
