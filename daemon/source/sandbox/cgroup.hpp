#pragma once
/// Control groups for child processes (cgroups(7), version 2), if the service manager delegates a subtree to the daemon
/// (Delegate= in systemd.resource-control(5)). Otherwise, only resource limits are used.

#include "core/result.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace pw::sandbox {

/// The kernel's interface files; tests use their own.
struct CgroupPlaces {
  std::filesystem::path root = "/sys/fs/cgroup";
  std::filesystem::path own = "/proc/self/cgroup";
};

/// The delegated subtree. Thread-safe.
class Cgroups {
 public:
  /// Moves this process to a leaf group "daemon" and creates "plugins" next to it. nullopt if no subtree with the
  /// memory and pids controllers is delegated, or if it is unusable.
  static std::optional<Cgroups> adopt(const CgroupPlaces& places = {});

  /// Creates a group in "plugins" that limits total memory (in bytes, without swap) and tasks (processes and threads).
  /// The child enters it with join_cgroup; the owner removes it with remove_cgroup after reaping the child. Errc::io on
  /// failure.
  [[nodiscard]] Result<std::filesystem::path> make(std::string_view name, std::size_t memory, unsigned tasks) const;

 private:
  explicit Cgroups(std::filesystem::path plugins) : plugins_(std::move(plugins)) {}
  std::filesystem::path plugins_;
};

/// Moves the calling process to `group`. Does nothing if the path is empty. Errc::io on failure.
Result<void> join_cgroup(const std::filesystem::path& group);

/// Removes a group unless it still has processes. Does nothing if the path is empty.
void remove_cgroup(const std::filesystem::path& group) noexcept;

}  // namespace pw::sandbox
