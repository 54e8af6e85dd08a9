#pragma once
/// The calling process gives up its rights, for good. Linux 5.13 or later, for Landlock (landlock(7)) and seccomp(2).

#include "core/result.hpp"

#include <cstddef>
#include <filesystem>
#include <vector>

namespace pw::sandbox {

/// What is left to the process and to what it executes.
struct Rights {
  std::size_t memory = std::size_t{256} << 20U;  ///< bytes of data, stack and private anonymous memory (RLIMIT_DATA)
  unsigned cpu_seconds = 600;                    ///< of processor time; at its end SIGXCPU, a second later SIGKILL
  unsigned files = 32;                           ///< open descriptors
  unsigned processes = 1;                        ///< of it and those that it starts; threads are free while it is 1
  bool may_execute = true;                       ///< become another program (execve)
  std::vector<std::filesystem::path> readable;   ///< files and folders to read and execute beside the system's own
};

/// Root has no limit of processes (RLIMIT_NPROC), so only other users may start some: Errc::refused.
Result<void> may_have_processes(const Rights& rights);

/// Whether the kernel has what confine() needs. Errc::unsupported says what is missing.
Result<void> supported();

/// In this order: no new privileges, capabilities dropped, limits, files, system calls. It runs on with a lower
/// priority (nice 10) and the usual scheduling. After it the process and its children have no network and no way to
/// one, can open for reading what kSystemReadable and `readable` name, can open nothing for writing but /dev/null, can
/// leave neither their process group nor signal another process, and can gain nothing by executing a program. A
/// forbidden call fails with EPERM (files: EACCES). Call it while there is one thread. On an error the process is in
/// part confined: it must end.
Result<void> confine(const Rights& rights);

}  // namespace pw::sandbox
