#pragma once
/// A control group for each child (cgroups(7), version 2), where the service manager delegates a subtree to the daemon
/// (Delegate= in systemd.resource-control(5)). Elsewhere there is none, and resource limits have to do.

#include "core/result.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace pw::sandbox {

/// Where the kernel shows control groups; tests make their own.
struct CgroupPlaces {
  std::filesystem::path root = "/sys/fs/cgroup";
  std::filesystem::path own = "/proc/self/cgroup";
};

/// The subtree that was delegated. Any thread.
class Cgroups {
 public:
  /// Moves this process into a leaf "daemon" and prepares "plugins" beside it. Nothing where no subtree with memory and
  /// pids is delegated, or it cannot be used.
  static std::optional<Cgroups> adopt(const CgroupPlaces& places = {});

  /// A new group below "plugins" with these limits: all memory, swap not allowed, and tasks (processes and threads).
  /// The child joins it with join_cgroup; the owner removes it with remove_cgroup when it has been reaped.
  [[nodiscard]] Result<std::filesystem::path> make(std::string_view name, std::size_t memory, unsigned tasks) const;

 private:
  explicit Cgroups(std::filesystem::path plugins) : plugins_(std::move(plugins)) {}
  std::filesystem::path plugins_;
};

/// The calling process moves into `group`. Nothing for an empty path.
Result<void> join_cgroup(const std::filesystem::path& group);

/// Nothing for an empty path; a group that still has processes stays.
void remove_cgroup(const std::filesystem::path& group) noexcept;

}  // namespace pw::sandbox
