#pragma once
/// How a source stands after a turn: one state, with a reason that a person understands. Pure but for a log line.

#include "bus/health_json.hpp"
#include "pipeline/source_entry.hpp"
#include "pipeline/turn.hpp"

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
/// Writes what came of the turn into the entry's state and logs a change. True when people should hear of it: the state
/// is another one, or the source has moved.
bool note_outcome(SourceEntry& entry, const Round& round, Time now);

/// What a health event says of the source.
bus::HealthInfo health_of(const SourceEntry& entry, const std::string& previous, Time now);

}  // namespace pw::pipeline
