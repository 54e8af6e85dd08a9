#pragma once
/// CPU time, which does not depend on what else the machine does.

#include <chrono>
#include <ctime>

namespace pw {

/// CPU time of the calling thread since its start.
inline std::chrono::nanoseconds thread_cpu() noexcept {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec};
}

}  // namespace pw
