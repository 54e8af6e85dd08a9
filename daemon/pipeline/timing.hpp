#pragma once
/// Computes when a source is polled next. Pure.

#include "config/settings.hpp"
#include "pipeline/poll_result.hpp"
#include "pipeline/source_entry.hpp"

#include <optional>

namespace pw::pipeline {

/// The interval while nothing has been learned about the source.
Milliseconds usual_interval(const config::SourceSettings& source, const config::ScheduleSettings& schedule);

/// The first time from `due` on that is not in a skipped hour or day (UTC); `due` if all of them are skipped.
Time out_of_skipped(Time due, const source::Pace& pace);

/// How long a source still rests after a restart: until the saved time, but no longer than `longest` plus the skipped
/// hours that follow, because the clock may have been wrong when the time was saved. Nothing if that time has passed.
std::optional<Milliseconds> rest_of(Time saved, Time now, Milliseconds longest, const source::Pace& pace);

/// When the source is polled after a poll with this result; Time{}: never (it is gone). Sets the entry's interval.
/// `jitter` is in 0..1.
Time due_after(SourceEntry& entry, const PollResult& result, const config::ScheduleSettings& schedule, Time now,
               double jitter);

}  // namespace pw::pipeline
