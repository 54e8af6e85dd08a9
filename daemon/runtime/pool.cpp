#include "runtime/pool.hpp"

#include <algorithm>
#include <stdexcept>

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

void Pool::submit(std::unique_ptr<Task> task) {
  {
    const MutexLock lock(mutex_);
    if (closed_) throw std::logic_error("work was given to the pool after join()");
    tasks_.push_back(std::move(task));
  }
  filled_.notify_one();
}

void Pool::serve() noexcept {
  while (true) {
    std::unique_ptr<Task> task;
    {
      const MutexLock lock(mutex_);
      while (!closed_ && tasks_.empty()) filled_.wait(mutex_);
      if (tasks_.empty()) return;
      task = std::move(tasks_.front());
      tasks_.pop_front();
    }
    task->execute();
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
