#pragma once
/// How a process deals with memory that it freed.

namespace pw {

/// Tells the C library to keep some freed memory instead of giving all of it back: a program that reads documents of
/// 100 kB, one after the other, is otherwise given fresh pages for each, which costs more than the reading. At most
/// 16 MiB a heap stay, and heaps are as many as there are cores and a few more: threads that wait for plugins share
/// them, or each would keep what its plugin's largest answer took. To be called first thing in main, before there are
/// threads.
void keep_freed_memory() noexcept;

}  // namespace pw
