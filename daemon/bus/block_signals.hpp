#pragma once
/// Only the main loop's thread handles signals.

#include <csignal>

namespace pw::bus {

/// Blocks all signals in the calling thread.
inline void block_signals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace pw::bus
