#include "store/batch_queue.hpp"

#include <utility>

namespace pw::store {

void BatchQueue::put(Batch batch, Storage::Done done) {
  Error refused;
  {
    const MutexLock lock(mutex_);
    if (!closed_ && jobs_.size() < capacity_) {
      jobs_.push_back({std::move(batch), std::move(done)});
      news_.notify_one();
      return;
    }
    refused = closed_ ? fail(Errc::cancelled, "the store is closed")
                      : fail(Errc::busy, "the store's queue is full ({} batches)", capacity_);
  }
  if (done) done(refused);
}

std::size_t BatchQueue::size() const {
  const MutexLock lock(mutex_);
  return jobs_.size();
}

void BatchQueue::close() {
  const MutexLock lock(mutex_);
  closed_ = true;
  news_.notify_one();
}

bool BatchQueue::wait(Milliseconds at_most) {
  const auto until = std::chrono::steady_clock::now() + at_most;
  const MutexLock lock(mutex_);
  while (!closed_ && jobs_.empty() && news_.wait_until(mutex_, until)) {
  }
  return !closed_ || !jobs_.empty();
}

std::optional<Job> BatchQueue::take() {
  const MutexLock lock(mutex_);
  if (jobs_.empty()) return std::nullopt;
  Job job = std::move(jobs_.front());
  jobs_.pop_front();
  return job;
}

void BatchQueue::refuse_all(const Error& reason) {
  std::deque<Job> jobs;
  {
    const MutexLock lock(mutex_);
    closed_ = true;
    jobs.swap(jobs_);
  }
  for (Job& job : jobs) {
    if (job.done) job.done(reason);
  }
}

}  // namespace pw::store
