#pragma once
/// Tunes how malloc handles freed memory.

namespace pw {

/// Makes malloc keep some freed memory instead of returning all of it to the kernel. A program that reads one 100 kB
/// document after another would otherwise page in fresh memory for each, which costs more than the parsing. Up to 16
/// MiB are kept per heap, and the number of heaps is limited to a few more than there are cores: threads that wait for
/// plugins share heaps, so that not each of them retains the memory of its plugin's largest response. Call it first in
/// main(), before any thread starts.
void keep_freed_memory() noexcept;

}  // namespace pw
