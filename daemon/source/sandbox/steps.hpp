#pragma once
/// The steps of confine(), each in its own file. Call them while the process has a single thread.

#include "core/message_of.hpp"
#include "source/sandbox/confinement.hpp"

#include <spdlog/fmt/fmt.h>

#include <cerrno>
#include <string_view>

namespace pw::sandbox {

/// Sets resource limits (setrlimit(2)); disables core dumps and writing to files.
Result<void> limit_resources(const Rights& rights);

/// Landlock: denies access to all files except those that system programs need, and `rights.readable`.
Result<void> restrict_files(const Rights& rights);

/// seccomp: an allow-list of system calls; all others fail with EPERM. Requires "no new privileges".
Result<void> restrict_system_calls(const Rights& rights);

/// The kernel's Landlock version, or 0 if it is not available.
int landlock_version() noexcept;

/// The error for a system call that has just failed, from errno. `call` is its name.
inline Error failed(std::string_view call) {
  const int code = errno;
  return fail(Errc::unsupported, "{} failed: {}", call, message_of_errno(code));
}

}  // namespace pw::sandbox
