/// Runs the benchmarks with the same allocator settings as the programs.
#include "core/memory.hpp"

#include <benchmark/benchmark.h>

int main(int argc, char** argv) {
  pw::keep_freed_memory();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
