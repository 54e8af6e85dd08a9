#pragma once
/// Copies a database as a whole, also while it is written to.

#include "store/database.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace pw::store {

/// Pages copied so far, and all pages.
using CopyProgress = std::function<void(std::size_t done, std::size_t all)>;

/// Writes the database, as it is at this moment, to a new file of mode 0600 that needs no write-ahead log, and is
/// marked as cleanly stopped. Others may write to the source meanwhile. Throws std::runtime_error if the file exists or
/// cannot be written (nothing is left of it then), DbError if the source cannot be read.
void copy_database(Database& from, const std::string& to, const CopyProgress& progress);

/// "DATABASE.WORD-20260301T152000Z", a name that does not exist yet.
std::string aside_name(const std::string& database, std::string_view word);

/// Writes the folder of a file to the disk, after the file was created or renamed. Throws std::runtime_error.
void sync_folder(const std::string& file);

}  // namespace pw::store
