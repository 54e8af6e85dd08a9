#include "source/kinds/exec/launcher.hpp"

#include "core/log.hpp"
#include "core/message_of.hpp"
#include "source/kinds/exec/argument_pointers.hpp"
#include "source/sandbox/confinement.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <spdlog/fmt/fmt.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <iterator>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace pw::exec {
namespace {

constexpr unsigned kThreads = 32;  // additional threads allowed in total for a child's processes

/// Both ends of a child's pipes and socket.
struct Channels {
  UniqueFd input, output, error;
  UniqueFd child_input, child_output, child_error;
};

Result<Channels> make_channels() {
  Channels out;
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return fail(Errc::io, "cannot create a socket for a plugin: {}", message_of_errno(errno));
  }
  out.input = UniqueFd(ends[0]);
  out.child_input = UniqueFd(ends[1]);
  for (auto [ours, theirs] : {std::pair{&out.output, &out.child_output}, std::pair{&out.error, &out.child_error}}) {
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
      return fail(Errc::io, "cannot create a pipe for a plugin: {}", message_of_errno(errno));
    *ours = UniqueFd(ends[0]);
    *theirs = UniqueFd(ends[1]);
  }
  return out;
}

/// The environment of a plugin. Nothing of the daemon's environment is passed on.
std::vector<std::string> environment(const source::Package& package) {
  return {"PATH=/usr/local/bin:/usr/bin:/bin",
          "LANG=C.UTF-8",
          "LC_ALL=C.UTF-8",
          "TZ=UTC",
          "PYTHONDONTWRITEBYTECODE=1",
          "PYTHONUNBUFFERED=1",
          "PYTHONNOUSERSITE=1",
          "HOME=" + package.folder.string(),
          "PRESSWATCH_PLUGIN=" + package.name};
}

/// When memory runs out the kernel ends plugins before it ends the daemon. A child could take this back only by writing
/// in /proc, which confinement forbids it.
void let_die_first(pid_t child, const std::string& name) {
  const std::string file = fmt::format("/proc/{}/oom_score_adj", child);
  const UniqueFd out(open(file.c_str(), O_WRONLY | O_CLOEXEC));
  constexpr std::string_view kFirst = "1000";
  if (out && write(out.get(), kFirst.data(), kFirst.size()) == std::ssize(kFirst)) return;
  log::say("plugin-oom-order", "the OOM killer may end the daemon before the plugin {}: {}: {}", name, file,
           message_of_errno(errno));
}

/// The two attribute objects of posix_spawn.
class SpawnPlan {
 public:
  SpawnPlan() {
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_init(&actions);
  }
  ~SpawnPlan() {
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  void fill(const source::Package& package, const Channels& channels) {
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawn_file_actions_adddup2(&actions, channels.child_input.get(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, channels.child_output.get(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, channels.child_error.get(), STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    posix_spawn_file_actions_addchdir_np(&actions, package.folder.c_str());
  }

  posix_spawnattr_t attributes{};
  posix_spawn_file_actions_t actions{};
};

}  // namespace

Launcher::Launcher(Setup setup) : setup_(std::move(setup)), reaper_(setup_.patience) {}

Result<void> Launcher::can_confine() const {
  constexpr const char* kAdvice = "or, if you trust its code like the daemon's own, set isolation = \"none\"";
  if (const auto able = sandbox::supported(); !able) {
    return fail(Errc::unsupported, "it cannot be sandboxed: {}; {}", able.error().message, kAdvice);
  }
  std::error_code error;
  if (std::filesystem::is_regular_file(setup_.host, error)) return {};
  return fail(Errc::not_found, "{}, which sandboxes plugins, is missing: set host in [plugins], {}",
              setup_.host.string(), kAdvice);
}

std::vector<std::string> Launcher::command(const source::Package& package, const std::filesystem::path& cgroup) const {
  if (package.isolation == source::Isolation::none) return package.command;
  std::vector<std::string> out{setup_.host.string(), package.folder.string()};
  if (!cgroup.empty()) out.insert(out.end(), {"--cgroup", cgroup.string()});
  return out;
}

Result<std::filesystem::path> Launcher::make_cgroup(const source::Package& package) const {
  if (!setup_.cgroups || package.isolation == source::Isolation::none) return std::filesystem::path();
  return setup_.cgroups->make(package.name, package.limits.memory, package.limits.processes + kThreads);
}

Result<Process> Launcher::start(const source::Package& package) {
  auto channels = make_channels();
  if (!channels) return channels.error();
  auto cgroup = make_cgroup(package);
  if (!cgroup) return cgroup.error();
  SpawnPlan plan;
  plan.fill(package, *channels);
  std::vector<std::string> words = command(package, *cgroup);
  std::vector<std::string> variables = environment(package);
  const std::vector<char*> arguments = argument_pointers(words);
  const std::vector<char*> environs = argument_pointers(variables);
  Process out;
  const int error =
      posix_spawnp(&out.pid, arguments[0], &plan.actions, &plan.attributes, arguments.data(), environs.data());
  if (error != 0) {
    sandbox::remove_cgroup(*cgroup);
    return fail(Errc::plugin, "{} cannot be started: {}", words.front(), message_of_errno(error));
  }
  let_die_first(out.pid, package.name);
  out.input = std::move(channels->input);
  out.output = std::move(channels->output);
  out.error = std::move(channels->error);
  out.cgroup = std::move(*cgroup);
  return out;
}

}  // namespace pw::exec
