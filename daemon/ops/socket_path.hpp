#pragma once
/// The path of a Unix socket: taken over from a daemon that died, but from nobody else.

#include <sys/types.h>

#include <filesystem>
#include <string_view>

namespace pw::ops {

/// True if a dead daemon left a socket at `path`, which is the value of the configuration key `key`; false if nothing
/// is there. Throws std::runtime_error with advice if somebody listens on it, if it is not a socket, or if this user
/// cannot make a socket there. Changes nothing.
bool is_stale_socket(const std::filesystem::path& path, std::string_view key);

/// Removes the socket that a dead daemon left at `path`. Throws like is_stale_socket(), and then leaves it alone.
void remove_stale_socket(const std::filesystem::path& path, std::string_view key);

/// Identifies a file independently of its name.
struct FileIdentity {
  ::dev_t device = 0;
  ::ino_t inode = 0;
  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

/// All zero if there is no file. Does not follow symbolic links.
FileIdentity identity_of(const std::filesystem::path& path);

/// The file of a listening Unix socket. Not thread-safe.
class SocketFile {
 public:
  /// Call between bind() and listen(): makes the file accessible to owner and group. Throws
  /// std::filesystem::filesystem_error.
  void bound_at(std::filesystem::path path);
  /// Removes the file if it is still the one that was bound.
  void remove() noexcept;

 private:
  std::filesystem::path path_;  ///< empty: there is none
  FileIdentity identity_;
};

}  // namespace pw::ops
