#pragma once
/// What a batch becomes in the tables.

#include "store/database.hpp"
#include "store/storage.hpp"

namespace pw::store {

/// The batch's rows, inside the caller's transaction; returns what was new. Throws DbError; the caller rolls back.
Committed write_batch(Database& db, const Batch& batch, Time now);

}  // namespace pw::store
