#include "runtime/pool.hpp"

#include <algorithm>

namespace pw::runtime {

Pool::Pool(unsigned threads, std::size_t capacity) : capacity_(std::max<std::size_t>(capacity, 1)) {
  const unsigned count = threads != 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
  threads_.reserve(count);
  try {
    for (unsigned i = 0; i < count; ++i) threads_.emplace_back([this] { serve(); });
  } catch (...) {
    join();
    throw;
  }
}

Pool::~Pool() { join(); }

void Pool::submit(Queue one) noexcept {
  {
    const MutexLock lock(mutex_);
    if (!closed_) tasks_.splice(tasks_.end(), one);
  }
  if (one.empty()) {
    filled_.notify_one();
  } else {
    one.front()->refused = true;
    Suspended::resume(one.front());
  }
}

void Pool::serve() noexcept {
  while (true) {
    Queue one;
    {
      const MutexLock lock(mutex_);
      while (!closed_ && tasks_.empty()) filled_.wait(mutex_);
      if (tasks_.empty()) return;
      one.splice(one.begin(), tasks_, tasks_.begin());
    }
    one.front()->execute();
    Suspended::resume(one.front());
  }
}

void Pool::join() {
  {
    const MutexLock lock(mutex_);
    closed_ = true;
  }
  filled_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

bool Pool::saturated() const { return backlog() >= capacity_; }

std::size_t Pool::backlog() const {
  const MutexLock lock(mutex_);
  return tasks_.size();
}

}  // namespace pw::runtime
