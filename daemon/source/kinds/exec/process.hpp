#pragma once
/// A running plugin and how it ends: by steps, and with its whole process group.

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

/// A started child: its process group is its own pid. Whoever has it must give it to a Reaper.
struct Process {
  pid_t pid = -1;
  UniqueFd input;                ///< a socket to its standard input
  UniqueFd output;               ///< of its standard output
  UniqueFd error;                ///< of its standard error
  std::filesystem::path cgroup;  ///< its control group, which goes with it; empty: none
};

/// How a child that has ended did: "ended with exit code 1", "was ended by signal 11 (Segmentation fault)". Waits up
/// to 200 ms for it; nothing when it still runs. The child is not reaped.
std::optional<std::string> ending_of(pid_t pid);

/// Processor time that the child itself has used; nothing when it is gone.
std::optional<std::chrono::nanoseconds> processor_time(pid_t pid);

/// Processes of a group, the leader among them. Reads /proc.
std::size_t count_group(pid_t group);

/// Ends children in the background: its input is closed; after `patience` SIGTERM to its group, after twice that
/// SIGKILL. What is left of the group when the child has gone is killed. Any thread.
class Reaper {
 public:
  explicit Reaper(Milliseconds patience = Milliseconds{1000});
  /// Ends what is left by the same steps, in at most 600 ms.
  ~Reaper();
  Reaper(const Reaper&) = delete;
  Reaper& operator=(const Reaper&) = delete;

  /// Takes the child over; its input is closed at once.
  void end(Process child);

  /// Children that have not ended yet.
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
