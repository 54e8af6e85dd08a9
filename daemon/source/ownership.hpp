#pragma once
/// Who may change a plugin's files. What others may write must not be run with the daemon's rights.

#include "config/load.hpp"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace pw::source {

/// What a look at all files of a package found.
struct Ownership {
  std::vector<config::Problem> problems;  ///< a line for each file that may not be trusted, at most 8
  std::uint64_t fingerprint = 0;          ///< of names, sizes, inodes and times of change
};

/// Looks at `folder`, everything below it, and the folders above it up to the root. Trusted is what belongs to root or
/// to the user of this process and that neither group nor others may write; a folder above may be sticky instead, as
/// /tmp is. Of a symbolic link its target counts. Blocks on the file system.
Ownership check_ownership(const std::filesystem::path& folder);

}  // namespace pw::source
