#include "source/kinds/exec/process.hpp"
#include "source/sandbox/cgroup.hpp"

#include <spdlog/fmt/fmt.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstring>
#include <ctime>
#include <system_error>
#include <utility>

namespace pw::exec {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr auto kLook = 20ms;
constexpr Milliseconds kHurried{300};

bool has_ended(pid_t pid, siginfo_t& info) {
  info.si_pid = 0;
  return waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == pid;
}

/// Until the child is reaped, its pid, and so the group id, cannot be reused.
void kill_group_and_reap(const Process& child) {
  kill(-child.pid, SIGKILL);
  kill(child.pid, SIGKILL);
  waitpid(child.pid, nullptr, 0);
  sandbox::remove_cgroup(child.cgroup);
}

}  // namespace

struct Reaper::Dying {
  Process child;
  Steady::time_point since;
  bool asked = false;  ///< SIGTERM was sent
};

std::optional<std::string> ending_of(pid_t pid) {
  siginfo_t info{};
  const auto end = Steady::now() + 200ms;
  while (!has_ended(pid, info)) {
    if (Steady::now() >= end) return std::nullopt;
    std::this_thread::sleep_for(5ms);
  }
  if (info.si_code == CLD_EXITED) return fmt::format("ended with exit code {}", info.si_status);
  const char* name = sigdescr_np(info.si_status);
  return fmt::format("was ended by signal {} ({})", info.si_status, name == nullptr ? "unknown" : name);
}

std::optional<std::chrono::nanoseconds> processor_time(pid_t pid) {
  clockid_t clock{};
  timespec used{};
  if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &used) != 0) return std::nullopt;
  return std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
}

std::size_t count_group(pid_t group) {
  std::size_t out = 0;
  std::error_code error;
  for (std::filesystem::directory_iterator it("/proc", error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    if (getpgid(static_cast<pid_t>(std::stol(name))) == group) ++out;
  }
  return out;
}

Reaper::Reaper(Milliseconds patience) : patience_(patience), thread_([this] { run(); }) {}

Reaper::~Reaper() {
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Reaper::end(Process child) {
  child.input.reset();
  {
    const MutexLock lock(mutex_);
    dying_.push_back({std::move(child), Steady::now(), false});
  }
  changed_.notify_all();
}

std::size_t Reaper::pending() const {
  const MutexLock lock(mutex_);
  return dying_.size();
}

void Reaper::run() {
  const MutexLock lock(mutex_);
  while (true) {
    while (!stopping_ && dying_.empty()) changed_.wait(mutex_);
    if (dying_.empty()) return;
    const Milliseconds patience = stopping_ ? std::min(patience_, kHurried) : patience_;
    const auto now = Steady::now();
    std::erase_if(dying_, [&](Dying& one) {
      siginfo_t info{};
      const pid_t pid = one.child.pid;
      if (has_ended(pid, info) || now - one.since >= 2 * patience) {
        kill_group_and_reap(one.child);
        return true;
      }
      if (!one.asked && now - one.since >= patience) {
        kill(-pid, SIGTERM);
        one.asked = true;
      }
      return false;
    });
    if (!dying_.empty()) changed_.wait_until(mutex_, Steady::now() + kLook);
  }
}

}  // namespace pw::exec
