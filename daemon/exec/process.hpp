#pragma once
/// A running plugin: started in a process group of its own, and ended by steps.

#include "core/result.hpp"
#include "exec/unique_fd.hpp"
#include "source/package.hpp"

#include <sys/types.h>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace pw::exec {

/// A started child: its group is its own pid. Whoever has it must give it to a Reaper.
struct Process {
  pid_t pid = -1;
  UniqueFd input;   ///< a socket to its standard input
  UniqueFd output;  ///< of its standard output
  UniqueFd error;   ///< of its standard error
};

/// Starts the package's command in its folder, confined as the package says.
Result<Process> start_process(const source::Package& package);

/// How a child that has ended did: "ended with exit code 1", "was ended by signal 11 (Segmentation fault)". Waits up
/// to 200 ms for it; nothing when it still runs. The child is not reaped.
std::optional<std::string> ending_of(pid_t pid);

/// Ends children in the background: its input is closed; after `patience` SIGTERM to its group, after twice that
/// SIGKILL. What is left of the group when the child has gone is killed. Any thread.
class Reaper {
 public:
  explicit Reaper(Milliseconds patience = Milliseconds{1000});
  /// Ends what is left by the same steps, in at most 600 ms.
  ~Reaper();
  Reaper(const Reaper&) = delete;
  Reaper& operator=(const Reaper&) = delete;

  /// Takes the child over. `input` is closed at once.
  void end(pid_t pid, UniqueFd input);

  /// Children that have not ended yet.
  [[nodiscard]] std::size_t pending() const;

 private:
  struct Dying;
  void run();

  const Milliseconds patience_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Dying> dying_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace pw::exec
