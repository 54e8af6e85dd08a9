#pragma once
/// A plugin whose calls are timed, and in a child of the author's tools said to the parent before they are made.

#include "source/package.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace pw::cli {

/// What a process is about to do, kept where another reads it when it crashed: in a file that both have open.
class Progress {
 public:
  static constexpr std::string_view kDone = "the end of the process";  ///< noted when all calls were made

  /// Into the open file `fd`; below 0: nowhere.
  explicit Progress(int fd) : fd_(fd) {}
  void note(std::string_view what) const;
  /// What was noted last.
  static std::string read(int fd);
  [[nodiscard]] bool kept() const { return fd_ >= 0; }

 private:
  int fd_;
};

/// The calls of all sources of one plugin. Where they run in this process a call that takes several times its
/// limit (sanitizers slow it down) ends the process by SIGALRM.
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
  std::string label;  ///< of what is being done: the case, the kind of input
  std::chrono::steady_clock::time_point begun;
  std::chrono::microseconds longest{0};
  std::string longest_label;  ///< of the call that took longest
  std::size_t calls = 0;
  unsigned alarm_seconds = 0;  ///< 0: no alarm

 private:
  struct Ending {
    Watch& watch;
    std::string_view call;
    ~Ending() { watch.end(call); }
  };
  void begin(std::string_view call);
  void end(std::string_view call);
};

/// The same plugin with its sources watched. Borrows `plugin`.
source::Plugin watched(const source::Plugin& plugin, const std::shared_ptr<Watch>& watch);

}  // namespace pw::cli
