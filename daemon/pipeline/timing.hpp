#pragma once
/// When a source is asked next. Pure.

#include "config/settings.hpp"
#include "pipeline/poll_result.hpp"
#include "pipeline/source_entry.hpp"

#include <optional>

namespace pw::pipeline {

/// While nothing is learned of the source.
Milliseconds usual_interval(const config::SourceSettings& source, const config::ScheduleSettings& schedule);

/// The first moment from `due` that is in no skipped hour or day (UTC); `due` where all of them are skipped.
Time out_of_skipped(Time due, const source::Pace& pace);

/// How long a source still rests after a restart: until the time that was saved, but no longer than `longest` and the
/// hours skipped after it, for the clock may have been wrong when it was saved. Nothing where that time is over.
std::optional<Milliseconds> rest_of(Time saved, Time now, Milliseconds longest, const source::Pace& pace);

/// When the source is asked after a poll with this result; Time{}: never, it is gone. Sets its interval. `jitter` is
/// from 0 to 1.
Time due_after(SourceEntry& entry, const PollResult& result, const config::ScheduleSettings& schedule, Time now,
               double jitter);

}  // namespace pw::pipeline
