#pragma once
/// Makes reads of database files fail, as a disk does.

#include <sqlite3.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace pw::store::sample {

/// After so many reads of pages, so many fail with EIO.
inline std::atomic<int> reads_to_pass = 0;
inline std::atomic<int> reads_to_fail = 0;

inline bool read_fails(std::size_t size) {
  if (size < 4096 || reads_to_fail <= 0) return false;
  if (reads_to_pass > 0) {
    --reads_to_pass;
    return false;
  }
  --reads_to_fail;
  errno = EIO;
  return true;
}

inline ssize_t failing_read(int file, void* to, std::size_t size) {
  return read_fails(size) ? -1 : ::read(file, to, size);
}
inline ssize_t failing_pread(int file, void* to, std::size_t size, off_t at) {
  return read_fails(size) ? -1 : ::pread(file, to, size, at);
}

/// SQLite's own hook for tests: it calls these instead of the system's functions.
class BrokenReads {
 public:
  BrokenReads() {
    set("read", reinterpret_cast<sqlite3_syscall_ptr>(failing_read));
    set("pread", reinterpret_cast<sqlite3_syscall_ptr>(failing_pread));
    set("pread64", reinterpret_cast<sqlite3_syscall_ptr>(failing_pread));
  }
  ~BrokenReads() {
    reads_to_fail = 0;
    for (const char* name : {"read", "pread", "pread64"}) set(name, nullptr);
  }
  BrokenReads(const BrokenReads&) = delete;
  BrokenReads& operator=(const BrokenReads&) = delete;

  static void fail(int times, int after = 0) {
    reads_to_pass = after;
    reads_to_fail = times;
  }
  [[nodiscard]] static int left() { return reads_to_fail; }

 private:
  static void set(const char* name, sqlite3_syscall_ptr function) {
    sqlite3_vfs* const files = sqlite3_vfs_find(nullptr);
    files->xSetSystemCall(files, name, function);
  }
};

}  // namespace pw::store::sample
