#pragma once
/// Backups: a consistent copy of the database in one file, and its return.

#include "core/id.hpp"
#include "core/time.hpp"
#include "store/copy_database.hpp"
#include "store/damaged_error.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace pw::store {

/// What a copy contains.
struct BackupContents {
  std::uintmax_t bytes = 0;
  int schema = 0;
  std::uint64_t articles = 0;
  std::uint64_t alerts = 0;
  std::uint64_t head = 0;  ///< number of the newest alert
  Time newest{};           ///< when that was stored; Time{}: there is none
};

/// Copies the database to `file`, which appears only once it is complete, checked and on the disk. A daemon may use the
/// database meanwhile; it does not notice. Throws std::runtime_error with advice if the file exists and `overwrite` is
/// false, or if either cannot be read or written; DamagedError if the copy turns out to be damaged.
BackupContents back_up(const std::string& database, const std::string& file, bool overwrite,
                       const CopyProgress& progress);

struct Restored {
  BackupContents contents;
  Id log_id;         ///< new, so that subscribers notice
  std::string kept;  ///< where the replaced database is; empty: there was none
};

/// Puts a backup in place of the database, which is kept under another name. The backup is copied and checked first;
/// until then, nothing is changed. Throws std::runtime_error with advice if a daemon uses the database, or if the
/// backup cannot be read, is not one of presswatch or is from a newer version; DamagedError if it is damaged.
Restored restore(const std::string& database, const std::string& backup, const CopyProgress& progress);

}  // namespace pw::store
