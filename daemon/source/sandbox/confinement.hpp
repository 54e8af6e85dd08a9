#pragma once
/// Irrevocably sandboxes the calling process. Requires Linux 5.13 or later, for Landlock (landlock(7)) and seccomp(2).

#include "core/result.hpp"

#include <cstddef>
#include <filesystem>
#include <vector>

namespace pw::sandbox {

/// What the process and the programs it executes may still do.
struct Rights {
  std::size_t memory = std::size_t{256} << 20U;  ///< in bytes: data, stack and private anonymous memory (RLIMIT_DATA)
  unsigned cpu_seconds = 600;                    ///< CPU time; SIGXCPU at the limit, SIGKILL one second later
  unsigned files = 32;                           ///< open descriptors
  unsigned processes = 1;                        ///< including itself; threads are not counted if it is 1
  bool may_execute = true;                       ///< may execute another program (execve)
  std::vector<std::filesystem::path> readable;   ///< files and folders that may be read and executed, in addition to
                                                 ///< the system's
};

/// Errc::refused if the process is root and `rights` allows more than one process: RLIMIT_NPROC does not apply to root.
Result<void> may_have_processes(const Rights& rights);

/// Checks that the kernel has what confine() needs. Errc::unsupported with what is missing.
Result<void> supported();

/// Sandboxes the process, in this order: no new privileges, capabilities, resource limits, files, system calls. Also
/// lowers its priority (nice 10) and resets its scheduling policy. Afterwards, the process and its children have no
/// network access; can open for reading only kSystemReadable and `readable`, and for writing only /dev/null; can
/// neither leave their process group nor signal other processes; and gain no privileges by executing a program. A
/// forbidden system call fails with EPERM (on files: EACCES). Call it while the process has a single thread. After an
/// error the process is partially sandboxed and must exit.
Result<void> confine(const Rights& rights);

}  // namespace pw::sandbox
