#pragma once
/// Writes a batch to the tables.

#include "store/database.hpp"
#include "store/search_index.hpp"
#include "store/storage.hpp"

namespace pw::store {

/// Writes the rows inside the caller's transaction and returns what was new; the caller has `index` write the words
/// before the commit. Throws DbError; the caller rolls back.
Committed write_batch(Database& db, SearchIndex& index, const Batch& batch, Time now);

}  // namespace pw::store
