#pragma once
/// The stories of the last days, shared by the pool's threads.

#include "core/article.hpp"
#include "core/mutex.hpp"
#include "core/time.hpp"
#include "store/storage.hpp"
#include "stories/story_index.hpp"

#include <optional>

namespace pw::pipeline {

/// Any thread. Sketches of texts are computed outside the lock. Its time is that of the steady clock from the start on:
/// a wall clock that steps must neither end every story nor keep one for ever.
class StoryTracker {
 public:
  /// `started`: now, by a clock that is believed.
  StoryTracker(const Clock& clock, Time started);

  /// The story of an article; `known` where parts of it were stored with a story already.
  Id place(const Article& article, const std::optional<Id>& known);

  /// Reads the articles of the window, so that what was told before a restart is not news after it. Blocks on the disk.
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
