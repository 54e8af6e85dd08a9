#pragma once
/// Whether this machine has what the program of a package needs. Blocks on the file system; any thread.

#include "core/result.hpp"
#include "source/package.hpp"

#include <filesystem>

namespace pw::source {

/// Fails if the program, its interpreter or the library is missing, may not be executed, or is for another machine.
Result<void> can_run(const Package& package);

}  // namespace pw::source
