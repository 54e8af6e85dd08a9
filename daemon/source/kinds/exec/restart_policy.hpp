#pragma once
/// When a failed plugin may be restarted: exponential back-off, followed by a circuit breaker.

#include "core/time.hpp"

#include <chrono>

namespace pw::exec {

/// Bookkeeping on the steady clock, without side effects. Not thread-safe.
class RestartPolicy {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  /// Records that the plugin crashed or had to be terminated. The pause before a restart is one second and doubles with
  /// each consecutive failure. After five failures the circuit is open: one attempt every ten minutes.
  void failed(Moment now) {
    ++failures_;
    not_before_ = now + pause();
  }
  /// Records a successful call.
  void succeeded() { failures_ = 0; }

  [[nodiscard]] bool open() const { return failures_ >= kBreak; }
  [[nodiscard]] int failures() const { return failures_; }
  /// Remaining time before a restart is allowed; zero: now.
  [[nodiscard]] Milliseconds wait(Moment now) const {
    if (failures_ == 0 || now >= not_before_) return Milliseconds{0};
    return std::chrono::ceil<Milliseconds>(not_before_ - now);
  }

 private:
  static constexpr int kBreak = 5;
  static constexpr Milliseconds kFirst{1000};
  static constexpr Milliseconds kOpen{600'000};

  [[nodiscard]] Milliseconds pause() const { return open() ? kOpen : kFirst * (1 << (failures_ - 1)); }

  int failures_ = 0;
  Moment not_before_{};
};

}  // namespace pw::exec
