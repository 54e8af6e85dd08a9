#pragma once
/// The tables of the alert log, of deferred alerts, and of suppressed matches.

#include "store/database.hpp"
#include "store/storage.hpp"

#include <string>
#include <vector>

namespace pw::store {

// All functions throw DbError. Numbers are assigned here, inside the caller's transaction.

/// Writes to the log or to the deferred alerts. Does nothing if either already contains the alert's id.
void write_alert(Database& db, const NewAlert& alert, Time now, Committed& out);
void count_suppressed(Database& db, const SuppressedMatch& one);
/// Moves the oldest deferred alerts of a channel to the log, in the order in which they were found.
void release_deferred(Database& db, const std::string& channel, Time now, Committed& out);

std::vector<WatchlistCounts> load_watchlist_counts(Database& db);

}  // namespace pw::store
