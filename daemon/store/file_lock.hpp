#pragma once
/// One daemon per database: a lock on a file beside it, which the kernel releases when the process ends.

#include <string>

namespace pw::store {

class FileLock {
 public:
  /// Throws std::runtime_error if another process holds the lock or the file cannot be created.
  explicit FileLock(const std::string& path);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace pw::store
