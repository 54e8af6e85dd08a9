#pragma once
/// What the kernel says about this process.

#include <cstddef>
#include <cstdint>

namespace pw::app {

struct ProcessFigures {
  double cpu_seconds = 0;
  std::uint64_t resident_bytes = 0;
  std::size_t open_files = 0;
  std::size_t most_files = 0;
};

/// Reads /proc; what cannot be read is 0.
ProcessFigures read_process();

}  // namespace pw::app
