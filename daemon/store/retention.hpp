#pragma once
/// What is deleted because it is old.

#include "store/database.hpp"
#include "store/store.hpp"

namespace pw::store {

/// One step of deleting what is older than it is to be kept, alerts from the front of the log only, and of dating back
/// what a clock that was ahead has stored. Each statement is a transaction with a bounded number of rows. True: there
/// is more to do. `now` comes from a clock that is trusted. Throws DbError.
bool apply_retention(Database& db, const StoreSettings& settings, Time now);

}  // namespace pw::store
