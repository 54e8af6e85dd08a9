#pragma once
/// What other threads give the bus to send.

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

/// Hands values from any thread to the bus's. Nothing waits, and nothing is lost: alerts are in the log too, so of too
/// many, or with no memory for them, only the fact that there are some is kept.
class Outbox {
 public:
  explicit Outbox(std::size_t max_alerts) : max_alerts_(max_alerts) {}

  void put(std::vector<StoredAlert> alerts) noexcept;
  void put(HealthEvent event);

  /// Moves the alerts to the end of `to`. False when some were not kept and are to be read from the log.
  [[nodiscard]] bool take(std::deque<StoredAlert>& to);
  void take(std::deque<HealthEvent>& to);

  /// Becomes readable when there is something.
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
