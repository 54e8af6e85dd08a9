#pragma once
/// What a batch becomes in the tables. Numbers are given here, inside the caller's transaction.

#include "store/database.hpp"
#include "store/store.hpp"

namespace pw::store {

/// The batch's rows; returns what was new. Throws DbError; the caller rolls back.
Committed write_batch(Database& db, const Batch& batch, Time now);

/// One step of deleting what is older than the settings keep, alerts from the front of the log only, and of dating back
/// what a clock that was ahead has stored. Each statement is a transaction with a bounded number of rows. True: there
/// is more to do. `now` comes from a clock that is believed. Throws DbError.
bool apply_retention(Database& db, const StoreSettings& settings, Time now);

/// Where `meta` has the story of an item whose last portion is still to come.
std::string unfinished_key(std::string_view source, std::string_view item_id);

}  // namespace pw::store
