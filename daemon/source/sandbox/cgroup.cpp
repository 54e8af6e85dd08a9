#include "source/sandbox/cgroup.hpp"

#include <sys/xattr.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <fstream>
#include <string>
#include <system_error>

namespace pw::sandbox {
namespace {

namespace fs = std::filesystem;

/// The kernel reports errors directly on write.
bool write_file(const fs::path& file, std::string_view text) {
  std::ofstream out(file);
  out << text << std::flush;
  return out.good();
}

bool make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directory(folder, error);
  return !error;
}

/// Parses "0::/system.slice/presswatch.service", the line for cgroup version 2.
std::optional<fs::path> own_group(const CgroupPlaces& places) {
  std::ifstream in(places.own);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("0::/")) return places.root / line.substr(4);
  }
  return std::nullopt;
}

/// systemd marks delegated groups with an extended attribute. A group that is merely writable may belong to someone
/// else.
bool is_delegated(const fs::path& group) {
  std::array<char, 2> value{};
  return getxattr(group.c_str(), "user.delegate", value.data(), value.size()) == 1 && value[0] == '1';
}

bool controls_memory_and_tasks(const fs::path& group) {
  std::ifstream in(group / "cgroup.controllers");
  bool memory = false;
  bool tasks = false;
  for (std::string name; in >> name;) {
    memory |= name == "memory";
    tasks |= name == "pids";
  }
  return memory && tasks;
}

}  // namespace

std::optional<Cgroups> Cgroups::adopt(const CgroupPlaces& places) {
  const auto group = own_group(places);
  if (!group || !is_delegated(*group) || !controls_memory_and_tasks(*group)) return std::nullopt;
  const fs::path plugins = *group / "plugins";
  // A group that passes controllers on to its children must not contain processes itself.
  const bool ready = make_folder(*group / "daemon") && make_folder(plugins) &&
                     write_file(*group / "daemon" / "cgroup.procs", std::to_string(getpid())) &&
                     write_file(*group / "cgroup.subtree_control", "+memory +pids") &&
                     write_file(plugins / "cgroup.subtree_control", "+memory +pids");
  if (!ready) return std::nullopt;
  return Cgroups(plugins);
}

Result<fs::path> Cgroups::make(std::string_view name, std::size_t memory, unsigned tasks) const {
  static std::atomic<unsigned> made{0};
  fs::path group = plugins_ / fmt::format("{}-{}", name, ++made);
  const bool ready = make_folder(group) && write_file(group / "memory.max", std::to_string(memory)) &&
                     write_file(group / "memory.swap.max", "0") &&
                     write_file(group / "pids.max", std::to_string(tasks));
  if (ready) return group;
  remove_cgroup(group);
  return fail(Errc::io, "cannot create the control group {}", group.string());
}

Result<void> join_cgroup(const fs::path& group) {
  if (group.empty() || write_file(group / "cgroup.procs", std::to_string(getpid()))) return {};
  return fail(Errc::io, "cannot join the control group {}", group.string());
}

void remove_cgroup(const fs::path& group) noexcept {
  if (!group.empty()) rmdir(group.c_str());
}

}  // namespace pw::sandbox
