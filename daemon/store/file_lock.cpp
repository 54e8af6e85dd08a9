#include "store/file_lock.hpp"

#include "core/message_of.hpp"

#include <fcntl.h>
#include <spdlog/fmt/fmt.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>

namespace pw::store {

FileLock::FileLock(const std::string& path) : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
  if (descriptor_ < 0) {
    throw std::runtime_error(
        fmt::format("{}: {}. The database's folder must exist and this user must be able to write "
                    "in it",
                    path, message_of_errno(errno)));
  }
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const int reason = errno;
    ::close(descriptor_);
    if (reason == EWOULDBLOCK) {
      throw std::runtime_error(
          fmt::format("{}: the database is locked: another presswatchd uses it. Stop that one, or "
                      "give this one another path",
                      path));
    }
    throw std::runtime_error(fmt::format("{}: {}", path, message_of_errno(reason)));
  }
}

FileLock::~FileLock() { ::close(descriptor_); }

}  // namespace pw::store
