#pragma once
/// Starts the children of plugins and ends them: what all sources of executable plugins share.

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

/// Any thread.
class Launcher {
 public:
  struct Setup {
    std::filesystem::path host;               ///< presswatch-plugin-host
    std::optional<sandbox::Cgroups> cgroups;  ///< where a child gets a control group of its own
    Milliseconds patience{1000};              ///< of the Reaper
  };
  explicit Launcher(Setup setup);

  /// Fails where packages with isolation cannot be run: this kernel has not what it takes, or the host is missing.
  [[nodiscard]] Result<void> can_confine() const;

  /// Starts a child in the package's folder, in a process group of its own and with an environment that holds nothing
  /// of the daemon's: the host, which confines itself first, or without isolation the package's command. It is the
  /// first to be ended when memory runs out.
  Result<Process> start(const source::Package& package);

  /// Ends it in the background.
  void end(Process child) { reaper_.end(std::move(child)); }

  /// Children that were told to end and have not ended yet.
  [[nodiscard]] std::size_t pending() const { return reaper_.pending(); }

 private:
  [[nodiscard]] std::vector<std::string> command(const source::Package& package,
                                                 const std::filesystem::path& cgroup) const;
  [[nodiscard]] Result<std::filesystem::path> make_cgroup(const source::Package& package) const;

  Setup setup_;
  Reaper reaper_;
};

}  // namespace pw::exec
