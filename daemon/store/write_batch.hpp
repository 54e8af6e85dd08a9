#pragma once
/// Writes a batch to the tables.

#include "store/database.hpp"
#include "store/storage.hpp"

namespace pw::store {

/// Writes the rows inside the caller's transaction and returns what was new. Throws DbError; the caller rolls back.
Committed write_batch(Database& db, const Batch& batch, Time now);

}  // namespace pw::store
