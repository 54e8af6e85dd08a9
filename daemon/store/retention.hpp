#pragma once
/// Deletes old data.

#include "store/database.hpp"
#include "store/store.hpp"

namespace pw::store {

/// One step: deletes what has exceeded its retention (alerts only from the front of the log), and corrects times in the
/// future, which were stored while the clock was ahead. Each statement is a transaction with a bounded number of rows.
/// True if there is more to do. `now` must come from a trusted clock. Throws DbError.
bool apply_retention(Database& db, const StoreSettings& settings, Time now);

}  // namespace pw::store
