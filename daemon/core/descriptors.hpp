#pragma once
/// How many files and connections a process may have open.

#include <cstddef>

namespace pw {

/// RLIMIT_NOFILE, as it is now. Those who let strangers connect take only a part of it.
std::size_t descriptor_limit() noexcept;

}  // namespace pw
