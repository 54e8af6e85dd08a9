#pragma once
/// Decides whether the wall clock can be trusted, by comparing it with the steady clock and with the last time known
/// before start-up.

#include "core/mutex.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace pw {

/// A step of the wall clock: it was set, or the machine was suspended.
struct ClockStep {
  Milliseconds by{};  ///< negative: backwards
  Time at{};          ///< the wall time expected without the step
};

/// For example "the clock went back by 1h at 2026-03-01T15:20:00Z".
std::string to_string(const ClockStep& step);

/// Detects steps of the wall clock, and distrusts a clock that is further than `tolerance` from its expected time in
/// either direction. Trust returns at once when the clock returns to the expected time, and otherwise after it has kept
/// the new time for `confirm_after` on the steady clock: a clock set by mistake is usually corrected sooner. A time
/// before the first release of presswatch is never trusted.
///
/// Thread-safe. Logs each step and each change between trust and distrust.
class ClockCheck {
 public:
  struct Limits {
    Milliseconds tolerance = std::chrono::hours{24};
    Milliseconds confirm_after = std::chrono::hours{24};
  };
  struct State {
    Time now{};       ///< the wall clock
    Time believed{};  ///< the time to work with: `now`, or, while the clock is distrusted, the time it would show
                      ///< without the step
    bool trusted = true;
    Milliseconds confirmed_in{0};  ///< minimum time until the clock is trusted again; 0 while it is trusted
    std::uint64_t steps = 0;
    std::optional<ClockStep> last_step;
  };

  /// `last_known` is a time that has certainly passed, such as the end of the last run; nullopt if there is none.
  /// `clock` must outlive this object.
  ClockCheck(const Clock& clock, Limits limits, std::optional<Time> last_known);

  /// Reads both clocks and updates the state. Call it every few seconds, or a step cannot be told from drift.
  State look();

 private:
  using Instant = std::chrono::steady_clock::time_point;
  /// A reading of both clocks at the same instant.
  struct Reading {
    Time wall;
    Instant steady;
    [[nodiscard]] Time at(Instant later) const {
      return wall + std::chrono::duration_cast<Milliseconds>(later - steady);
    }
  };

  [[nodiscard]] Reading read() const { return {clock_.now(), clock_.steady()}; }
  [[nodiscard]] bool agree(const Reading& before, const Reading& now) const;
  void note_step(const Reading& now) PW_REQUIRES(mutex_);
  void judge(const Reading& now) PW_REQUIRES(mutex_);
  void distrust(const Reading& now) PW_REQUIRES(mutex_);
  void believe(const Reading& now) PW_REQUIRES(mutex_);

  const Clock& clock_;
  const Limits limits_;
  Mutex mutex_;
  Reading last_ PW_GUARDED_BY(mutex_);
  std::optional<Reading> believed_ PW_GUARDED_BY(mutex_);    ///< a trusted earlier reading
  std::optional<Reading> distrusted_ PW_GUARDED_BY(mutex_);  ///< the first one after a step that is not trusted yet
  State state_ PW_GUARDED_BY(mutex_);
  bool started_ PW_GUARDED_BY(mutex_) = false;
};

}  // namespace pw
