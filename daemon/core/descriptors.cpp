#include "core/descriptors.hpp"

#include <sys/resource.h>

#include <limits>

namespace pw {

std::size_t descriptor_limit() noexcept {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
  constexpr auto kMost = std::numeric_limits<int>::max();
  return limit.rlim_cur < static_cast<rlim_t>(kMost) ? limit.rlim_cur : kMost;
}

}  // namespace pw
