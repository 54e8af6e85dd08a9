#pragma once
/// The batches that wait for the store's thread.

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

/// Bounded; never waits for the disk. Any thread puts, the store's takes.
class BatchQueue {
 public:
  explicit BatchQueue(std::size_t capacity) : capacity_(capacity) {}

  /// Where it is full or closed, the batch is answered at once.
  void put(Batch batch, Storage::Done done);
  [[nodiscard]] bool full() const { return size() >= capacity_; }
  [[nodiscard]] std::size_t size() const;
  /// From now on every batch is refused; those that wait still come out.
  void close();

  /// Until there is a batch, or the time is over. False: closed, and nothing is left.
  bool wait(Milliseconds at_most);
  std::optional<Job> take();
  /// Closes, and answers what still waits.
  void refuse_all(const Error& reason);

 private:
  const std::size_t capacity_;
  mutable Mutex mutex_;
  Condition news_;
  std::deque<Job> jobs_ PW_GUARDED_BY(mutex_);
  bool closed_ PW_GUARDED_BY(mutex_) = false;
};

}  // namespace pw::store
