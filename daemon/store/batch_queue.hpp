#pragma once
/// The queue of batches for the store thread.

#include "core/mutex.hpp"
#include "store/storage.hpp"

#include <cstddef>
#include <deque>
#include <optional>

namespace pw::store {

struct Job {
  Batch batch;
  Storage::Done done;
};

/// Bounded; never waits for the disk. put() may be called from any thread; the store thread takes.
class BatchQueue {
 public:
  explicit BatchQueue(std::size_t capacity) : capacity_(capacity) {}

  /// If the queue is full or closed, `done` is called immediately with an error.
  void put(Batch batch, Storage::Done done);
  [[nodiscard]] std::size_t size() const;
  /// Refuses all further batches; those already queued can still be taken.
  void close();

  /// Waits until there is a batch or the time has elapsed. False: closed and empty.
  bool wait(Milliseconds at_most);
  std::optional<Job> take();
  /// Closes the queue and fails the batches in it.
  void refuse_all(const Error& reason);

 private:
  const std::size_t capacity_;
  mutable Mutex mutex_;
  Condition news_;
  std::deque<Job> jobs_ PW_GUARDED_BY(mutex_);
  bool closed_ PW_GUARDED_BY(mutex_) = false;
};

}  // namespace pw::store
