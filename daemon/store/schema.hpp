#pragma once
/// Opens the database: connection settings, and migration from older schemas.

#include "store/damaged_error.hpp"
#include "store/database.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace pw::store {

struct Opened {
  std::unique_ptr<Database> db;
  bool unchecked = false;  ///< the last stop was not clean: the file must be checked before anything is written
};

/// Opens or creates the file and migrates it step by step (PRAGMA user_version), each step in its own transaction. If a
/// file needs migration after an unclean stop, it is checked here. Throws std::runtime_error with advice, a
/// DamagedError if the file is damaged.
Opened open_database(const std::string& path);

/// Checks the whole file, which takes a while. Throws DamagedError with advice if it is damaged, and DbError if it
/// cannot be read: SQLite's check reports pages that it could not read as if they were damaged.
void check_integrity(Database& db, const std::string& path);

/// Calls visit(line) for each line of a text.
template <class Visit>
void each_line(std::string_view text, const Visit& visit) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    visit(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

/// Throws DamagedError if the numbers of the alert log are missing: numbering would restart, and the whole log would be
/// published again.
void require_numbers(Database& db, const std::string& path);

/// The code of SQLite in a line of its integrity check, if the line is about a page that could not be read:
/// SQLITE_IOERR, for example. 0 if the line reports damage.
int read_failure(std::string_view finding);

/// The version of the schema of an open database; 0: it is empty.
int schema_version(Database& db);

void mark_clean_stop(Database& db);

}  // namespace pw::store
