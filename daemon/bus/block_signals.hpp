#pragma once
/// Signals are for the loop's thread; in the bus's threads they would only interrupt.

#include <csignal>

namespace pw::bus {

/// For the calling thread.
inline void block_signals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace pw::bus
