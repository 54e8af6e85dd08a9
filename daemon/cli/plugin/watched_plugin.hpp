#pragma once
/// A plugin whose calls are timed and, in a child process, announced to the parent beforehand.

#include "source/package.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace pw::cli {

/// The step that a process is about to execute, in an open file shared with a process that reads it after a crash.
class Progress {
 public:
  static constexpr std::string_view kDone = "the end of the process";  ///< set when all calls were made

  /// Writes to the open file `fd`; negative: nowhere.
  explicit Progress(int fd) : fd_(fd) {}
  void note(std::string_view what) const;
  /// The last step written.
  static std::string read(int fd);
  [[nodiscard]] bool kept() const { return fd_ >= 0; }

 private:
  int fd_;
};

/// The calls of all sources of one plugin. If the calls run in this process, one that takes several times its limit
/// (sanitizers are slow) ends the process by SIGPROF, or by SIGALRM if it waits.
struct Watch {
  explicit Watch(int progress_fd) : progress(progress_fd) {}

  /// Makes one call.
  template <class F>
  auto run(std::string_view call, F&& work) {
    begin(call);
    const Ending ending{*this, call};
    return work();
  }

  Progress progress;
  std::string label;  ///< of the current step: the case, the kind of input
  std::chrono::steady_clock::time_point begun;
  std::chrono::microseconds longest{0};
  std::string longest_label;  ///< of the longest call
  std::size_t calls = 0;
  unsigned cpu_seconds = 0;  ///< limit of a call in CPU time; 0: none
  unsigned seconds = 0;      ///< limit of a call in elapsed time

 private:
  struct Ending {
    Watch& watch;
    std::string_view call;
    ~Ending() { watch.end(call); }
  };
  void begin(std::string_view call);
  void end(std::string_view call);
};

/// Returns the plugin with its sources watched. Borrows `plugin`.
source::Plugin watched(const source::Plugin& plugin, const std::shared_ptr<Watch>& watch);

}  // namespace pw::cli
