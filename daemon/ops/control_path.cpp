#include "ops/control_path.hpp"

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
#include <system_error>

namespace pw::ops {
namespace {

std::string_view kind_of(::mode_t mode) {
  if (S_ISREG(mode)) return "a regular file";
  if (S_ISDIR(mode)) return "a directory";
  if (S_ISLNK(mode)) return "a symbolic link";
  if (S_ISFIFO(mode)) return "a pipe";
  return "a device";
}

std::string reason(int error) { return std::generic_category().message(error); }

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
void check_holder(const std::filesystem::path& path) {
  std::filesystem::path folder = path.parent_path();
  if (folder.empty()) folder = ".";
  std::error_code ignored;
  while (!std::filesystem::exists(folder, ignored) && folder.has_relative_path()) folder = folder.parent_path();
  if (::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) == 0) return;
  const int error = errno;
  throw std::runtime_error(
      fmt::format("daemon.control: the socket {} cannot be made: {}: {}. Let this user write in that folder, or set "
                  "daemon.control to another path",
                  printable(path.string()), printable(folder.string()), reason(error)));
}

}  // namespace

bool is_stale_socket(const std::filesystem::path& path) {
  const std::string shown = printable(path.string());
  if (path.native().size() >= sizeof(sockaddr_un::sun_path)) {
    throw std::runtime_error(fmt::format("daemon.control: {} is too long: the path of a socket has at most {} bytes",
                                         shown, sizeof(sockaddr_un::sun_path) - 1));
  }
  struct ::stat found {};
  if (::lstat(path.c_str(), &found) != 0) {
    if (errno == ENOENT) return check_holder(path), false;
    throw std::runtime_error(fmt::format("daemon.control: {}: {}", shown, reason(errno)));
  }
  if (!S_ISSOCK(found.st_mode)) {
    throw std::runtime_error(fmt::format(
        "daemon.control: {} is {}, not a socket that presswatchd left behind. Move it away, or set daemon.control to "
        "another path",
        shown, kind_of(found.st_mode)));
  }
  const int error = try_connect(path.string());
  if (error == 0 || error == EAGAIN) {  // EAGAIN: the backlog is full
    throw std::runtime_error(
        fmt::format("another presswatchd answers on {}; stop it, or set daemon.control to another path", shown));
  }
  if (error != ECONNREFUSED) {
    throw std::runtime_error(fmt::format(
        "daemon.control: {} is a socket, and whether anybody listens there cannot be found out ({}). Remove "
        "it if it is not needed, or set daemon.control to another path",
        shown, reason(error)));
  }
  check_holder(path);
  return true;
}

void remove_stale_socket(const std::filesystem::path& path) {
  if (!is_stale_socket(path)) return;
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
    throw std::runtime_error(fmt::format("daemon.control: the old socket {} cannot be removed: {}",
                                         printable(path.string()), reason(errno)));
  }
}

FileIdentity identity_of(const std::filesystem::path& path) {
  struct ::stat found {};
  if (::lstat(path.c_str(), &found) != 0) return {};
  return {found.st_dev, found.st_ino};
}

}  // namespace pw::ops
