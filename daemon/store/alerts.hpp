#pragma once
/// The tables of the alert log, of alerts that are held, and of matches that raised none.

#include "store/database.hpp"
#include "store/storage.hpp"

#include <string>
#include <vector>

namespace pw::store {

// All of these throw DbError. Numbers are given here, inside the caller's transaction.

/// To the log or to the held ones. One that either has already is not written.
void write_alert(Database& db, const NewAlert& alert, Time now, Committed& out);
void count_silent(Database& db, const SuppressedMatch& one);
/// The oldest held alerts of a channel go to the log, in the order in which they came.
void release_held(Database& db, const std::string& channel, Time now, Committed& out);

std::vector<ChannelCounts> load_channels(Database& db);

}  // namespace pw::store
