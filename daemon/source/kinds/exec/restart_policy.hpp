#pragma once
/// When a plugin that failed may be started again: exponential back-off, and a circuit breaker behind it.

#include "core/time.hpp"

#include <chrono>

namespace pw::exec {

/// Pure bookkeeping over a steady clock; one owner.
class RestartPolicy {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  /// The plugin had to be ended, or ended itself. The first failure costs one second, each further one twice the pause
  /// before; from the fifth in a row on the circuit is open, and one attempt is made every ten minutes.
  void failed(Moment now) {
    ++failures_;
    not_before_ = now + pause();
  }
  /// A call was answered.
  void succeeded() { failures_ = 0; }

  [[nodiscard]] bool open() const { return failures_ >= kBreak; }
  [[nodiscard]] int failures() const { return failures_; }
  /// How long a start must still wait; zero: it may be now.
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
