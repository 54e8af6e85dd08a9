#include "store/file_modes.hpp"

#include "core/log.hpp"
#include "core/message_of.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <stdexcept>

namespace pw::store {
namespace {

constexpr mode_t kOwner = S_IRUSR | S_IWUSR;
constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

void check_folder(const std::string& folder) {
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0) return;  // creating the file will fail, and report why
  const bool by_all = (status.st_mode & S_IWOTH) != 0;
  if (by_all && (status.st_mode & S_ISVTX) == 0) {
    throw std::runtime_error(
        fmt::format("{}: everybody may write in this folder, and so put another database in place of this one. "
                    "Say: chmod go-w {}",
                    folder, folder));
  }
  if (by_all || (status.st_mode & S_IWGRP) != 0) {
    log::say("store-folder-exposed",
             "{}: others than its owner may write in the folder of the database. Say: chmod go-w {}", folder, folder);
  }
  if (status.st_uid != ::geteuid() && status.st_uid != 0) {
    log::say("store-folder-exposed",
             "{}: the folder of the database belongs to another user (uid {}), who may replace it", folder,
             status.st_uid);
  }
}

void make_empty(const std::string& path) {
  const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kOwner);
  if (made >= 0) {
    ::close(made);
  } else if (errno != EEXIST) {
    throw std::runtime_error(
        fmt::format("{}: {}. Does the folder exist, and may this user write in it?", path, message_of_errno(errno)));
  }
}

void tighten(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || (status.st_mode & kOthers) == 0) return;
  if (::chmod(path.c_str(), status.st_mode & S_IRWXU) == 0) {
    spdlog::info("{}: others could read or write it; now only its owner can", path);
  } else {
    log::say("store-file-exposed", "{}: others may read or write it, and that cannot be changed: {}", path,
             message_of_errno(errno));
  }
}

}  // namespace

void make_private(const std::string& database) {
  const std::string folder = std::filesystem::path(database).parent_path().string();
  check_folder(folder.empty() ? "." : folder);
  make_empty(database);
  for (const char* file : {"", "-wal", "-shm", "-journal", ".lock", ".instance"}) tighten(database + file);
}

}  // namespace pw::store
