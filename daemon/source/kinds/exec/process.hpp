#pragma once
/// A running plugin process, and its termination in steps, together with its process group.

#include "core/mutex.hpp"
#include "core/time.hpp"
#include "source/kinds/exec/unique_fd.hpp"

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>

namespace pw::exec {

/// A started child, whose process group id is its own pid. The owner must hand it to a Reaper.
struct Process {
  pid_t pid = -1;
  UniqueFd input;                ///< a socket connected to its standard input
  UniqueFd output;               ///< reads its standard output
  UniqueFd error;                ///< reads its standard error
  std::filesystem::path cgroup;  ///< its control group, removed with it; empty: none
};

/// How an exited child ended: "ended with exit code 1", "was ended by signal 11 (Segmentation fault)". Waits up to 200
/// ms for it to exit; nullopt if it is still running. Does not reap the child.
std::optional<std::string> ending_of(pid_t pid);

/// CPU time used by the child itself; nullopt if it is gone.
std::optional<std::chrono::nanoseconds> processor_time(pid_t pid);

/// Number of processes in a group, including the leader. Reads /proc.
std::size_t count_group(pid_t group);

/// Terminates children in the background: closes their input at once, sends SIGTERM to the group after `patience`, and
/// SIGKILL after twice that time. When the child has exited, the rest of its group is killed. Owns a thread.
/// Thread-safe.
class Reaper {
 public:
  explicit Reaper(Milliseconds patience = Milliseconds{1000});
  /// Terminates the remaining children by the same steps, within 600 ms.
  ~Reaper();
  Reaper(const Reaper&) = delete;
  Reaper& operator=(const Reaper&) = delete;

  /// Takes ownership of the child and closes its input at once.
  void end(Process child);

  /// Number of children that have not exited yet.
  [[nodiscard]] std::size_t pending() const;

 private:
  struct Dying;
  void run();

  const Milliseconds patience_;
  mutable Mutex mutex_;
  Condition changed_;
  std::deque<Dying> dying_ PW_GUARDED_BY(mutex_);
  bool stopping_ PW_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace pw::exec
