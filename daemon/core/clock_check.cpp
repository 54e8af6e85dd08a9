#include "core/clock_check.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace pw {
namespace {

using std::chrono::duration_cast;

/// No presswatch ran before; dead clocks begin in 1970, 2000 or with the firmware's own date.
constexpr Time kEarliest = std::chrono::sys_days{std::chrono::year{2023} / 1 / 1};
/// Slewing never moves a clock so far between two looks.
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
    // How long the daemon was away is not known: a start that agrees is the new measure.
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
  spdlog::warn("{}; it says {} now{}", to_string(*state_.last_step), to_iso8601(now.wall),
               by.count() < 0 ? "" : " (or the machine slept)");
}

void ClockCheck::judge(const Reading& now) {
  state_.now = now.wall;
  if (now.wall < kEarliest) {
    doubted_.reset();
    doubt(now);
    return;
  }
  if (!believed_) believed_ = now;
  if (agree(*believed_, now)) {
    // Small deviations add up; no more than one tolerance of them is taken over in each `confirm_after`.
    if (now.steady - believed_->steady >= limits_.confirm_after) believed_ = now;
    believe(now);
    return;
  }
  if (!doubted_ || !agree(*doubted_, now)) doubted_ = now;
  if (now.steady - doubted_->steady < limits_.confirm_after) {
    doubt(now);
    return;
  }
  believed_ = now;
  believe(now);
}

void ClockCheck::doubt(const Reading& now) {
  const Milliseconds kept_for = doubted_ ? duration_cast<Milliseconds>(now.steady - doubted_->steady) : Milliseconds{0};
  state_.believed = believed_ ? believed_->at(now.steady) : now.wall;
  state_.confirmed_in = limits_.confirm_after - kept_for;
  if (!std::exchange(state_.trusted, false)) return;
  if (!believed_) {
    spdlog::warn("the clock says {}, which cannot be: it was never set. Nothing old is deleted until it is right",
                 to_iso8601(now.wall));
    return;
  }
  if (!started_) {
    spdlog::warn(
        "the clock says {}, but the last run ended at about {}. In case the clock is wrong, nothing old is deleted "
        "until it has kept to this for {}; if it is wrong, set it",
        to_iso8601(now.wall), to_iso8601(state_.believed), to_string(limits_.confirm_after));
    return;
  }
  spdlog::warn(
      "the clock says {}, but by what it said before it should be about {}. Nothing old is deleted until it is back "
      "there or has kept to the new time for {}; if it is wrong, set it",
      to_iso8601(now.wall), to_iso8601(state_.believed), to_string(limits_.confirm_after));
}

void ClockCheck::believe(const Reading& now) {
  doubted_.reset();
  state_.believed = now.wall;
  state_.confirmed_in = Milliseconds{0};
  if (std::exchange(state_.trusted, true)) return;
  spdlog::info("the clock is believed again; it says {}", to_iso8601(now.wall));
}

}  // namespace pw
