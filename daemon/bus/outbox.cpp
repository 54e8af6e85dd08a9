#include "bus/outbox.hpp"

#include <algorithm>
#include <iterator>
#include <new>
#include <utility>

namespace pw::bus {

void Outbox::put(std::vector<StoredAlert> alerts) noexcept {
  {
    const MutexLock lock(mutex_);
    try {
      missed_ = missed_ || alerts_.size() + alerts.size() > max_alerts_;
      if (missed_) {
        alerts_.clear();
      } else {
        std::ranges::move(alerts, std::back_inserter(alerts_));
      }
    } catch (const std::bad_alloc&) {
      missed_ = true;
    }
  }
  wake_.signal();
}

void Outbox::put(HealthEvent event) {
  {
    const MutexLock lock(mutex_);
    health_.push_back(std::move(event));
  }
  wake_.signal();
}

bool Outbox::take(std::deque<StoredAlert>& to) {
  const MutexLock lock(mutex_);
  const bool missed = std::exchange(missed_, false);
  if (to.empty()) {
    to.swap(alerts_);
  } else {
    std::ranges::move(alerts_, std::back_inserter(to));
    alerts_.clear();
  }
  return !missed;
}

void Outbox::take(std::deque<HealthEvent>& to) {
  const MutexLock lock(mutex_);
  if (to.empty()) {
    to.swap(health_);
  } else {
    std::ranges::move(health_, std::back_inserter(to));
    health_.clear();
  }
}

}  // namespace pw::bus
