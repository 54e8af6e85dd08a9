#pragma once
/// The health of a source after a poll: one state, with a reason that a person understands. Pure but for a log line.

#include "bus/health_json.hpp"
#include "pipeline/poll_result.hpp"
#include "pipeline/source_entry.hpp"

namespace pw::pipeline {

/// The states:
///   new         not asked yet
///   ok
///   empty       it was read, but holds no entries although it should: layout changed?
///   waiting     it asked for a pause (429, 503, Retry-After)
///   refused     robots.txt or the address guard forbids it
///   blocked     it refuses us: 401, 403, 451, a bot wall
///   missing     404
///   gone        410: not asked any more
///   unreadable  not what its plugin reads
///   slow        a deadline passed
///   plugin      its plugin failed
///   failing     anything else
///   disabled
///
/// Writes the result of the poll into the entry's state and logs a change. True when people should hear of it: the
/// state is another one, or the source has moved.
bool note_poll(SourceEntry& entry, const PollResult& result, Time now);

/// What a health event says of the source.
bus::HealthInfo health_of(const SourceEntry& entry, const std::string& previous, Time now);

}  // namespace pw::pipeline
