#include "core/memory.hpp"

#include <malloc.h>

#include <algorithm>
#include <thread>

namespace pw {

void keep_freed_memory() noexcept {
  constexpr int kMebibyte = 1 << 20;
  const auto cores = static_cast<int>(std::min(std::thread::hardware_concurrency(), 1000U));
  // NOLINTBEGIN(concurrency-mt-unsafe): before there are threads
  mallopt(M_ARENA_MAX, std::max(4, cores + 2));
  mallopt(M_TRIM_THRESHOLD, 16 * kMebibyte);
  mallopt(M_MMAP_THRESHOLD, 4 * kMebibyte);
  mallopt(M_TOP_PAD, kMebibyte);
  // NOLINTEND(concurrency-mt-unsafe)
}

}  // namespace pw
