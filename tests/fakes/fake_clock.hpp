#pragma once
/// A clock controlled by the test: pass() advances both clocks, step() only the wall clock.

#include "core/time.hpp"

#include <atomic>

namespace pw::test {

/// Thread-safe.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Time start = from_ms(1'700'000'000'000)) : wall_(to_ms(start)) {}

  [[nodiscard]] Time now() const override { return from_ms(wall_); }
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
    return std::chrono::steady_clock::time_point{} + Milliseconds{steady_};
  }

  void pass(Milliseconds time) {
    steady_ += time.count();
    wall_ += time.count();
  }
  void step(Milliseconds by) { wall_ += by.count(); }
  void set(Time time) { wall_ = to_ms(time); }

 private:
  std::atomic<std::int64_t> wall_;
  std::atomic<std::int64_t> steady_{1'000'000};
};

}  // namespace pw::test
