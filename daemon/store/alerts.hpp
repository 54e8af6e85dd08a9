#pragma once
/// The tables of the alert log, of held alerts, and of suppressed matches.

#include "store/database.hpp"
#include "store/storage.hpp"

#include <string>
#include <vector>

namespace pw::store {

// All functions throw DbError. Numbers are assigned here, inside the caller's transaction.

/// Writes to the log or to the held alerts. Does nothing if either already contains the alert's id.
void write_alert(Database& db, const NewAlert& alert, Time now, Committed& out);
void count_silent(Database& db, const SuppressedMatch& one);
/// Moves the oldest held alerts of a channel to the log, in the order in which they were held.
void release_held(Database& db, const std::string& channel, Time now, Committed& out);

std::vector<ChannelCounts> load_channels(Database& db);

}  // namespace pw::store
