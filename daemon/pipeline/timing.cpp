#include "pipeline/timing.hpp"

#include "schedule/interval.hpp"

#include <algorithm>

namespace pw::pipeline {

using namespace std::chrono_literals;

Milliseconds usual_interval(const config::SourceSettings& source, const config::ScheduleSettings& schedule) {
  if (source.interval > 0ms) return source.interval;
  return std::clamp<Milliseconds>(10min, schedule.min_interval, schedule.max_interval);
}

std::optional<Milliseconds> rest_of(Time saved, Time now, Milliseconds longest, const source::Pace& pace) {
  if (saved <= now) return std::nullopt;
  return std::min(saved, out_of_skipped(now + longest, pace)) - now;
}

Time out_of_skipped(Time due, const source::Pace& pace) {
  using namespace std::chrono;
  Time at = due;
  for (int hours = 0; hours < 24 * 7; ++hours) {
    const auto day = floor<days>(at);
    const auto hour = static_cast<unsigned>(duration_cast<std::chrono::hours>(at - day).count());
    const bool skipped =
        ((pace.skip_hours >> hour) & 1U) != 0 || ((pace.skip_days >> weekday{day}.c_encoding()) & 1U) != 0;
    if (!skipped) return at;
    at = floor<std::chrono::hours>(at) + 1h;
  }
  return due;  // the whole week is skipped, which the feed cannot mean
}

Time due_after(SourceEntry& entry, const PollResult& result, const config::ScheduleSettings& schedule, Time now,
               double jitter) {
  schedule::IntervalInput input;
  const bool fixed = entry.settings.interval > 0ms;
  input.base = usual_interval(entry.settings, schedule);
  input.min = fixed ? std::min(entry.settings.interval, schedule.min_interval) : schedule.min_interval;
  input.max = std::max(schedule.max_interval, input.base);
  input.adaptive = !fixed;
  input.recent_items.assign(entry.recent.begin(), entry.recent.end());
  const source::Pace pace = entry.pace();
  if (pace.at_least > 0ms) input.ttl = pace.at_least;
  if (entry.state.gap_ms > 0) input.gap = Milliseconds{entry.state.gap_ms};
  if (!fixed) input.max_age = result.max_age;
  input.retry_after = result.retry_after;
  input.unchanged_in_row = entry.unchanged;
  input.failures_in_row = static_cast<unsigned>(entry.state.failures);
  input.jitter = jitter;
  Milliseconds interval = schedule::next_interval(input);
  entry.state.interval_ms = interval.count();
  if (result.gone()) return {};
  // The rest of a backlog waits for the next poll.
  if (result.backlog && !result.error) interval = std::min(interval, input.min);
  return out_of_skipped(now + interval, pace);
}

}  // namespace pw::pipeline
