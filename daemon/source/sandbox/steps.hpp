#pragma once
/// The single steps of confine(), each of which stands in a file of its own. One thread.

#include "source/sandbox/confinement.hpp"

#include <spdlog/fmt/fmt.h>

#include <cerrno>
#include <string_view>
#include <system_error>

namespace pw::sandbox {

/// setrlimit(2). No core dumps, no file may grow.
Result<void> limit_resources(const Rights& rights);

/// Landlock: every access to files is refused but what the system's programs need, and `rights.readable`.
Result<void> restrict_files(const Rights& rights);

/// seccomp: a list of calls that are allowed; all others fail with EPERM. Needs "no new privileges".
Result<void> restrict_system_calls(const Rights& rights);

/// Version of the kernel's Landlock, 0 where it has none.
int landlock_version() noexcept;

/// The error of a system call that has just failed, by its name.
inline Error failed(std::string_view call) {
  const int code = errno;
  return fail(Errc::unsupported, "{} failed: {}", call, std::generic_category().message(code));
}

}  // namespace pw::sandbox
