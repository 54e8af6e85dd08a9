#pragma once
/// Starts and terminates the child processes of plugins. Shared by all sources of executable plugins.

#include "core/result.hpp"
#include "source/kinds/exec/process.hpp"
#include "source/package.hpp"
#include "source/sandbox/cgroup.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pw::exec {

/// Owns the reaper. Thread-safe.
class Launcher {
 public:
  struct Setup {
    std::filesystem::path host;               ///< path of presswatch-plugin-host
    std::optional<sandbox::Cgroups> cgroups;  ///< if set, each child gets a control group of its own
    Milliseconds patience{1000};              ///< for the Reaper
  };
  explicit Launcher(Setup setup);

  /// Fails if packages with isolation cannot be run, because the kernel lacks a feature or the host program is missing.
  [[nodiscard]] Result<void> can_confine() const;

  /// Starts a child in the package's folder, in its own process group, and without anything of the daemon's
  /// environment. The child is the host program, which sandboxes itself first, or, without isolation, the command of
  /// the package. The OOM killer prefers it to the daemon. Errc::plugin if it cannot be started.
  Result<Process> start(const source::Package& package);

  /// Terminates a child in the background.
  void end(Process child) { reaper_.end(std::move(child)); }

  /// Children being terminated that have not exited yet.
  [[nodiscard]] std::size_t pending() const { return reaper_.pending(); }

 private:
  [[nodiscard]] std::vector<std::string> command(const source::Package& package,
                                                 const std::filesystem::path& cgroup) const;
  [[nodiscard]] Result<std::filesystem::path> make_cgroup(const source::Package& package) const;

  Setup setup_;
  Reaper reaper_;
};

}  // namespace pw::exec
