#pragma once
/// The file of a unix socket that is to be listened on: taken over from a daemon that died, never from anybody else.

#include <sys/types.h>

#include <filesystem>

namespace pw::ops {

/// Removes the socket that a daemon which died has left at `path`. Throws std::runtime_error, saying what to do, when
/// somebody listens there, and when there is anything but a socket, which is left alone.
void remove_stale_socket(const std::filesystem::path& path);

/// A file by what it is, not by its name.
struct FileIdentity {
  ::dev_t device = 0;
  ::ino_t inode = 0;
  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

/// All zero when there is none. Links are not followed.
FileIdentity identity_of(const std::filesystem::path& path);

}  // namespace pw::ops
