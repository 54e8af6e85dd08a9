#pragma once
/// Keeps track of when a source brings something new, and of its silence.

#include "pipeline/poll_result.hpp"
#include "pipeline/source_entry.hpp"

#include <string>

namespace pw::pipeline {

/// Call it after each poll or delivery, before note_poll(). A poll that failed or is incomplete proves no silence.
/// Nothing is learned while the clock is not trusted, because hours of the week would be confused.
void note_news(SourceEntry& entry, const PollResult& result, Time now, bool clock_trusted);

/// Why the source is called silent, for people.
std::string silence_of(const SourceEntry& entry, Time now);

/// Ends the state "silent" if a delivery has brought something. True if it did.
bool end_silence(SourceEntry& entry, Time now);

}  // namespace pw::pipeline
