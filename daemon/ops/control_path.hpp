#pragma once
/// The path of the control socket: taken over from a daemon that died, but from nobody else.

#include <sys/types.h>

#include <filesystem>

namespace pw::ops {

/// True if a dead daemon left a socket at `path`, false if nothing is there. Throws std::runtime_error with advice if
/// somebody listens on it, if it is not a socket, or if this user cannot make a socket there. Changes nothing.
bool is_stale_socket(const std::filesystem::path& path);

/// Removes the socket that a dead daemon left at `path`. Throws like is_stale_socket(), and then leaves it alone.
void remove_stale_socket(const std::filesystem::path& path);

/// Identifies a file independently of its name.
struct FileIdentity {
  ::dev_t device = 0;
  ::ino_t inode = 0;
  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

/// All zero if there is no file. Does not follow symbolic links.
FileIdentity identity_of(const std::filesystem::path& path);

}  // namespace pw::ops
