#include "core/clock_check.hpp"

#include "core/log.hpp"

#include <utility>

namespace pw {
namespace {

using std::chrono::duration_cast;

/// Older than the first release of presswatch. A clock with a dead battery starts in 1970, in 2000 or at its firmware's
/// build date.
constexpr Time kEarliest = std::chrono::sys_days{std::chrono::year{2023} / 1 / 1};
/// Larger than any adjustment that NTP slewing makes between two readings.
constexpr Milliseconds kStep{5'000};

}  // namespace

std::string to_string(const ClockStep& step) {
  const Milliseconds by = std::chrono::round<std::chrono::seconds>(abs(step.by));
  return fmt::format("the clock went {} by {} at {}", step.by.count() < 0 ? "back" : "forward", to_string(by),
                     to_iso8601(step.at));
}

ClockCheck::ClockCheck(const Clock& clock, Limits limits, std::optional<Time> last_known)
    : clock_(clock), limits_(limits), last_(read()) {
  const MutexLock lock(mutex_);
  if (last_known && *last_known >= kEarliest) {
    believed_ = Reading{*last_known, last_.steady};
    // The length of the downtime is unknown, so a plausible start-up time becomes the new reference.
    if (last_.wall >= kEarliest && agree(*believed_, last_)) believed_ = last_;
  }
  judge(last_);
  started_ = true;
}

ClockCheck::State ClockCheck::look() {
  const MutexLock lock(mutex_);
  const Reading now = read();
  note_step(now);
  judge(now);
  last_ = now;
  return state_;
}

bool ClockCheck::agree(const Reading& before, const Reading& now) const {
  return abs(now.wall - before.at(now.steady)) <= limits_.tolerance;
}

void ClockCheck::note_step(const Reading& now) {
  const Time expected = last_.at(now.steady);
  const Milliseconds by = now.wall - expected;
  if (abs(by) < kStep) return;
  ++state_.steps;
  state_.last_step = ClockStep{by, expected};
  log::say("clock-stepped", "{}; it says {} now{}", to_string(*state_.last_step), to_iso8601(now.wall),
           by.count() < 0 ? "" : " (or the machine slept)");
}

void ClockCheck::judge(const Reading& now) {
  state_.now = now.wall;
  if (now.wall < kEarliest) {
    distrusted_.reset();
    distrust(now);
    return;
  }
  if (!believed_) believed_ = now;
  if (agree(*believed_, now)) {
    // Small deviations accumulate, so the reference moves by at most one tolerance per `confirm_after`.
    if (now.steady - believed_->steady >= limits_.confirm_after) believed_ = now;
    believe(now);
    return;
  }
  if (!distrusted_ || !agree(*distrusted_, now)) distrusted_ = now;
  if (now.steady - distrusted_->steady < limits_.confirm_after) {
    distrust(now);
    return;
  }
  believed_ = now;
  believe(now);
}

void ClockCheck::distrust(const Reading& now) {
  const Milliseconds kept_for =
      distrusted_ ? duration_cast<Milliseconds>(now.steady - distrusted_->steady) : Milliseconds{0};
  state_.believed = believed_ ? believed_->at(now.steady) : now.wall;
  state_.confirmed_in = limits_.confirm_after - kept_for;
  if (!std::exchange(state_.trusted, false)) return;
  if (!believed_) {
    log::say("clock-doubtful", "the clock says {}, so it was never set. Nothing is deleted until it is correct",
             to_iso8601(now.wall));
    return;
  }
  if (!started_) {
    log::say("clock-doubtful",
             "the clock says {}, but the last run ended at about {}. In case the clock is wrong, nothing is deleted "
             "until it has kept this time for {}. If the clock is wrong, set it",
             to_iso8601(now.wall), to_iso8601(state_.believed), to_string(limits_.confirm_after));
    return;
  }
  log::say("clock-doubtful",
           "the clock says {}, but should say about {}. Nothing is deleted until it returns "
           "to that time or has kept the new one for {}. If the clock is wrong, set it",
           to_iso8601(now.wall), to_iso8601(state_.believed), to_string(limits_.confirm_after));
}

void ClockCheck::believe(const Reading& now) {
  distrusted_.reset();
  state_.believed = now.wall;
  state_.confirmed_in = Milliseconds{0};
  if (std::exchange(state_.trusted, true)) return;
  log::say("clock-trusted", "the clock is trusted again; it says {}", to_iso8601(now.wall));
}

}  // namespace pw
