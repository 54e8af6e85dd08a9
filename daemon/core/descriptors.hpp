#pragma once
/// The limit on open files and connections of the process.

#include <cstddef>

namespace pw {

/// The current RLIMIT_NOFILE. Servers for untrusted clients must use only a part of it.
std::size_t descriptor_limit() noexcept;

}  // namespace pw
