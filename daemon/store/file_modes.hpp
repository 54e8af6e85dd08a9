#pragma once
/// Access modes of the database files.

#include <string>

namespace pw::store {

/// Restricts the database and its side files to their owner, regardless of the umask. Creates the database if it does
/// not exist, so that the files that SQLite creates later get its mode. Call it before SQLite opens any of them:
/// closing a descriptor would release SQLite's locks. Warns if other users may replace files in the directory. Throws
/// std::runtime_error if everybody may, or if the file cannot be created.
void make_private(const std::string& database);

}  // namespace pw::store
