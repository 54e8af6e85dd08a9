#pragma once
/// The health of a source after a poll: one state, with a reason for people. Pure except for a log line.

#include "bus/health_json.hpp"
#include "pipeline/poll_result.hpp"
#include "pipeline/source_entry.hpp"

namespace pw::pipeline {

/// States:
///   new         not polled yet
///   ok
///   empty       readable, but without the entries it should have: layout changed?
///   silent      readable, but nothing new for far longer than usual at this time of the week (schedule/rhythm.hpp)
///   waiting     it asked for a pause (429, 503, Retry-After)
///   refused     forbidden by robots.txt or the address guard
///   blocked     it refuses access: 401, 403, 451, a bot wall
///   missing     404
///   gone        410: no longer polled
///   unreadable  not in the format that its plugin reads
///   slow        a deadline expired
///   plugin      its plugin failed
///   failing     any other error
///   disabled
///
/// Writes the result of the poll to the entry's state and logs a change. True if a health event should be published:
/// the state changed, or the source has moved.
bool note_poll(SourceEntry& entry, const PollResult& result, Time now);

/// True if a person should look at the source: it is silent, empty or gone, has never been read, or has been in another
/// state than "ok" for an hour; for a day if it asked for a pause.
bool needs_person(const store::SourceState& state, Time now);

/// The contents of a health event for the source.
bus::HealthInfo health_of(const SourceEntry& entry, const std::string& previous, Time now);

}  // namespace pw::pipeline
