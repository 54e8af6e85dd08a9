#pragma once
/// Whether the wall clock may be believed: what it says is held against the steady clock and against what was known
/// before the start.

#include "core/mutex.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace pw {

/// The wall clock was set (or the machine slept).
struct ClockStep {
  Milliseconds by{};  ///< negative: back
  Time at{};          ///< what the clock would have said without it
};

/// "the clock went back by 1h at 2026-03-01T15:20:00Z"
std::string to_string(const ClockStep& step);

/// Notices steps of the wall clock and doubts a clock that has moved further than `tolerance` from where it should be,
/// forward or back, until it has kept to the new time for `confirm_after` of the steady clock: a clock that was set by
/// mistake is usually right again by then. Back at the old time, it is believed at once. A time before presswatch
/// existed is never believed.
///
/// Any thread. Says in the log when the clock steps, when doubt begins and when it ends.
class ClockCheck {
 public:
  struct Limits {
    Milliseconds tolerance = std::chrono::hours{24};
    Milliseconds confirm_after = std::chrono::hours{24};
  };
  struct State {
    Time now{};       ///< what the clock says
    Time believed{};  ///< the same, or while it is doubted what it would say had it not stepped
    bool trusted = true;
    Milliseconds confirmed_in{0};  ///< at the earliest, while it is doubted
    std::uint64_t steps = 0;
    std::optional<ClockStep> last_step;
  };

  /// `last_known`: a time that has certainly passed, such as that of the last run; nothing: none is known.
  /// `clock` must outlive this.
  ClockCheck(const Clock& clock, Limits limits, std::optional<Time> last_known);

  /// Reads both clocks. To be called every few seconds at least, for a step to be seen as one.
  State look();

 private:
  using Instant = std::chrono::steady_clock::time_point;
  /// What both clocks said at one moment.
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
  void doubt(const Reading& now) PW_REQUIRES(mutex_);
  void believe(const Reading& now) PW_REQUIRES(mutex_);

  const Clock& clock_;
  const Limits limits_;
  Mutex mutex_;
  Reading last_ PW_GUARDED_BY(mutex_);
  std::optional<Reading> believed_ PW_GUARDED_BY(mutex_);  ///< an earlier reading that is believed
  std::optional<Reading> doubted_ PW_GUARDED_BY(mutex_);   ///< the first one of the time that the clock keeps to now
  State state_ PW_GUARDED_BY(mutex_);
  bool started_ PW_GUARDED_BY(mutex_) = false;
};

}  // namespace pw
