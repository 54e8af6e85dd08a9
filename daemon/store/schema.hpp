#pragma once
/// Opens the database: the connection's settings, and the way from an older schema to the current one.

#include "store/database.hpp"

#include <memory>
#include <string>

namespace pw::store {

struct Opened {
  std::unique_ptr<Database> db;
  bool unchecked = false;  ///< the last stop was not clean: nothing may be written before the file has been checked
};

/// Opens or makes the file and migrates it step by step (PRAGMA user_version), each step in its transaction. A file
/// that is to be migrated after a stop that was not clean is checked here. Throws std::runtime_error, saying what to
/// do.
Opened open_database(const std::string& path);

/// Looks through the whole file, which takes a while. Throws std::runtime_error when it is damaged, saying what to do,
/// and DbError when it cannot be read.
void check_integrity(Database& db, const std::string& path);

void mark_clean_stop(Database& db);

}  // namespace pw::store
