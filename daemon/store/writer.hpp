#pragma once
/// What a batch becomes in the tables. Numbers are given here, inside the caller's transaction.

#include "store/database.hpp"
#include "store/store.hpp"

namespace pw::store {

/// The batch's rows; returns what was new. Throws DbError; the caller rolls back.
Committed write_batch(Database& db, const Batch& batch, Time now);

/// Where `meta` has the story of an item whose last portion is still to come.
std::string unfinished_key(std::string_view source, std::string_view item_id);

/// Deletes what is older than the settings keep: a bounded number of articles, and alerts from the front of the log
/// only.
void apply_retention(Database& db, const StoreSettings& settings, Time now);

}  // namespace pw::store
