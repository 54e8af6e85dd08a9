#pragma once
/// Notices that the files of the open database were deleted, moved or replaced: what is written to them afterwards is
/// lost.

#include <sys/types.h>

#include <array>
#include <optional>
#include <string>

namespace pw::store {

/// Used by the store thread.
class FileWatch {
 public:
  /// The database must be open: its files are those of now.
  explicit FileWatch(const std::string& database_path);

  /// What happened, for people; nothing if all is well. An error of stat(2) other than a missing file tells nothing.
  [[nodiscard]] std::optional<std::string> problem();

 private:
  struct File {
    std::string path;
    ::dev_t device = 0;
    ::ino_t inode = 0;
    bool known = false;  ///< SQLite creates the write-ahead log and its index when they are first used
  };

  std::array<File, 3> files_;
};

}  // namespace pw::store
