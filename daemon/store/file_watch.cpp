#include "store/file_watch.hpp"

#include <spdlog/fmt/fmt.h>
#include <sys/stat.h>

#include <cerrno>
#include <utility>

namespace pw::store {

FileWatch::FileWatch(const std::string& database_path)
    : files_{File{database_path}, File{database_path + "-wal"}, File{database_path + "-shm"}} {
  (void)problem();
}

std::optional<std::string> FileWatch::problem() {
  for (File& file : files_) {
    struct stat status {};
    if (::stat(file.path.c_str(), &status) != 0) {
      const bool is_missing = errno == ENOENT || errno == ENOTDIR;
      if (file.known && is_missing) return fmt::format("{} was deleted or moved away", file.path);
      continue;
    }
    if (!std::exchange(file.known, true)) {
      file.device = status.st_dev;
      file.inode = status.st_ino;
    }
    if (file.device != status.st_dev || file.inode != status.st_ino) {
      return fmt::format("{} was replaced by another file", file.path);
    }
  }
  return std::nullopt;
}

}  // namespace pw::store
