#pragma once
/// Who may read and change the files of the database.

#include <string>

namespace pw::store {

/// Lets only their owner read and write the database and the files beside it, whatever the umask; one that is not there
/// yet is made, so that those that SQLite makes later have its mode. Call it before SQLite has any of them open:
/// closing a descriptor would end its locks. Warns where the folder lets others in to change them. Throws
/// std::runtime_error where everybody may, or when the file cannot be made.
void make_private(const std::string& database);

}  // namespace pw::store
