#include "core/memory.hpp"

#include <malloc.h>

namespace pw {

void keep_freed_memory() noexcept {
  constexpr int kMebibyte = 1 << 20;
  // NOLINTBEGIN(concurrency-mt-unsafe): before there are threads
  mallopt(M_TRIM_THRESHOLD, 16 * kMebibyte);
  mallopt(M_MMAP_THRESHOLD, 4 * kMebibyte);
  mallopt(M_TOP_PAD, kMebibyte);
  // NOLINTEND(concurrency-mt-unsafe)
}

}  // namespace pw
