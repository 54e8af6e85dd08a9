#pragma once
/// Messages from other threads to the bus.

#include "bus/event_fd.hpp"
#include "core/log_source.hpp"
#include "core/mutex.hpp"

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

namespace pw::bus {

struct HealthEvent {
  std::string source;
  std::string body;  ///< JSON
};

/// Passes values from any thread to the bus thread. Never blocks and loses nothing: when there are too many alerts, or
/// no memory for them, only the fact that some exist is kept, and they are read from the log.
class Outbox {
 public:
  explicit Outbox(std::size_t max_alerts) : max_alerts_(max_alerts) {}

  void put(std::vector<StoredAlert> alerts) noexcept;
  void put(HealthEvent event);

  /// Appends the alerts to `to`. False when some were not kept and must be read from the log.
  [[nodiscard]] bool take(std::deque<StoredAlert>& to);
  void take(std::deque<HealthEvent>& to);

  /// Becomes readable when there is something to take.
  [[nodiscard]] EventFd& wake() { return wake_; }

 private:
  const std::size_t max_alerts_;
  EventFd wake_;
  Mutex mutex_;
  std::deque<StoredAlert> alerts_ PW_GUARDED_BY(mutex_);
  std::deque<HealthEvent> health_ PW_GUARDED_BY(mutex_);
  bool missed_ PW_GUARDED_BY(mutex_) = false;
};

}  // namespace pw::bus
