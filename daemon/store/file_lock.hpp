#pragma once
/// One daemon per database: a lock file beside it, which the system releases however the daemon ends.

#include <string>

namespace pw::store {

class FileLock {
 public:
  /// Throws std::runtime_error when another process holds it or the file cannot be made.
  explicit FileLock(const std::string& path);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace pw::store
