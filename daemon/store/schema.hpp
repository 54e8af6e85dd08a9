#pragma once
/// Opens the database: connection settings, and migration from older schemas.

#include "store/database.hpp"

#include <memory>
#include <string>

namespace pw::store {

struct Opened {
  std::unique_ptr<Database> db;
  bool unchecked = false;  ///< the last stop was not clean: the file must be checked before anything is written
};

/// Opens or creates the file and migrates it step by step (PRAGMA user_version), each step in its own transaction. If a
/// file needs migration after an unclean stop, it is checked here. Throws std::runtime_error with advice.
Opened open_database(const std::string& path);

/// Checks the whole file, which takes a while. Throws std::runtime_error with advice if it is damaged, and DbError if
/// it cannot be read.
void check_integrity(Database& db, const std::string& path);

void mark_clean_stop(Database& db);

}  // namespace pw::store
