#pragma once
/// Checks who may modify a plugin's files. Files that others can write must not be run with the daemon's permissions.

#include "config/load.hpp"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace pw::source {

/// The result of examining all files of a package.
struct Ownership {
  std::vector<config::Problem> problems;  ///< one entry per untrusted file, at most 8
  std::uint64_t fingerprint = 0;          ///< of names, sizes, inodes and change times
};

/// Checks `folder`, everything in it, and its parent directories up to the root. A file is trusted if it belongs to
/// root or the user of this process and is not writable by group or others; parent directories may be sticky instead,
/// like /tmp. For symbolic links, the link and its target are checked. Blocks on the file system.
Ownership check_ownership(const std::filesystem::path& folder);

}  // namespace pw::source
