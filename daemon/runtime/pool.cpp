#include "runtime/pool.hpp"

#include <algorithm>

namespace pw::runtime {

Pool::Pool(unsigned threads, Capacity capacity) : admission_(std::make_shared<Admission>(capacity)) {
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

void Pool::submit(Queue one, Where where) noexcept {
  {
    const MutexLock lock(mutex_);
    if (!closed_) tasks_.splice(where == Where::back ? tasks_.end() : tasks_.begin(), one);
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

boost::asio::awaitable<void> Pool::room() { const Admission::Share unused = co_await admission_->enter(0); }

Pool::Load Pool::load() const { return {admission_->tasks(), admission_->bytes(), admission_->waiting()}; }

std::size_t Pool::backlog() const {
  const MutexLock lock(mutex_);
  return tasks_.size();
}

}  // namespace pw::runtime
