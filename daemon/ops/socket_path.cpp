#include "ops/socket_path.hpp"

#include "core/message_of.hpp"
#include "core/text.hpp"

#include <fcntl.h>
#include <spdlog/fmt/fmt.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace pw::ops {
namespace {

std::string_view kind_of(::mode_t mode) {
  if (S_ISREG(mode)) return "a regular file";
  if (S_ISDIR(mode)) return "a directory";
  if (S_ISLNK(mode)) return "a symbolic link";
  if (S_ISFIFO(mode)) return "a pipe";
  return "a device";
}

/// Returns 0 if somebody listens; otherwise the errno of the connection attempt. Never blocks, not even if the daemon
/// is suspended.
int try_connect(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return ENAMETOOLONG;
  std::ranges::copy(path, address.sun_path);
  const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (probe < 0) return errno;
  const bool connected = ::connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  const int error = connected ? 0 : errno;
  ::close(probe);
  return error;
}

/// Throws if this user cannot make a socket in the folder, or the folder itself.
void check_holder(const std::filesystem::path& path, std::string_view key) {
  std::filesystem::path folder = path.parent_path();
  if (folder.empty()) folder = ".";
  std::error_code ignored;
  while (!std::filesystem::exists(folder, ignored) && folder.has_relative_path()) folder = folder.parent_path();
  if (::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) == 0) return;
  const int error = errno;
  throw std::runtime_error(
      fmt::format("{0}: the socket {1} cannot be made: {2}: {3}. Let this user write in that folder, or set {0} to "
                  "another path",
                  key, printable(path.string()), printable(folder.string()), message_of_errno(error)));
}

}  // namespace

bool is_stale_socket(const std::filesystem::path& path, std::string_view key) {
  const std::string shown = printable(path.string());
  if (path.native().size() >= sizeof(sockaddr_un::sun_path)) {
    throw std::runtime_error(fmt::format("{}: {} is too long: the path of a socket has at most {} bytes", key, shown,
                                         sizeof(sockaddr_un::sun_path) - 1));
  }
  struct ::stat found {};
  if (::lstat(path.c_str(), &found) != 0) {
    if (errno == ENOENT) return check_holder(path, key), false;
    throw std::runtime_error(fmt::format("{}: {}: {}", key, shown, message_of_errno(errno)));
  }
  if (!S_ISSOCK(found.st_mode)) {
    throw std::runtime_error(fmt::format(
        "{0}: {1} is {2}, not a socket that presswatchd left behind. Move it away, or set {0} to another path", key,
        shown, kind_of(found.st_mode)));
  }
  const int error = try_connect(path.string());
  if (error == 0 || error == EAGAIN) {  // EAGAIN: the backlog is full
    throw std::runtime_error(
        fmt::format("another presswatchd answers on {}; stop it, or set {} to another path", shown, key));
  }
  if (error != ECONNREFUSED) {
    throw std::runtime_error(fmt::format(
        "{0}: {1} is a socket, and whether anybody listens there cannot be found out ({2}). Remove it if it is not "
        "needed, or set {0} to another path",
        key, shown, message_of_errno(error)));
  }
  check_holder(path, key);
  return true;
}

void remove_stale_socket(const std::filesystem::path& path, std::string_view key) {
  if (!is_stale_socket(path, key)) return;
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
    throw std::runtime_error(fmt::format("{}: the old socket {} cannot be removed: {}", key, printable(path.string()),
                                         message_of_errno(errno)));
  }
}

FileIdentity identity_of(const std::filesystem::path& path) {
  struct ::stat found {};
  if (::lstat(path.c_str(), &found) != 0) return {};
  return {found.st_dev, found.st_ino};
}

void SocketFile::bound_at(std::filesystem::path path) {
  using std::filesystem::perms;
  path_ = std::move(path);
  identity_ = identity_of(path_);
  std::filesystem::permissions(path_, perms::owner_read | perms::owner_write | perms::group_read | perms::group_write);
}

void SocketFile::remove() noexcept {
  std::error_code ignored;
  if (!path_.empty() && identity_of(path_) == identity_) std::filesystem::remove(path_, ignored);
}

}  // namespace pw::ops
