#include "exec/process.hpp"

#include <spdlog/fmt/fmt.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstring>

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

/// While the child is not reaped its pid, and so the group, cannot be another's.
void kill_group_and_reap(pid_t pid) {
  kill(-pid, SIGKILL);
  kill(pid, SIGKILL);
  waitpid(pid, nullptr, 0);
}

}  // namespace

struct Reaper::Dying {
  pid_t pid;
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

Reaper::Reaper(Milliseconds patience) : patience_(patience), thread_([this] { run(); }) {}

Reaper::~Reaper() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Reaper::end(pid_t pid, UniqueFd input) {
  input.reset();
  {
    const std::lock_guard lock(mutex_);
    dying_.push_back({pid, Steady::now(), false});
  }
  changed_.notify_all();
}

std::size_t Reaper::pending() const {
  const std::lock_guard lock(mutex_);
  return dying_.size();
}

void Reaper::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !dying_.empty(); });
    if (dying_.empty()) return;
    const Milliseconds patience = stopping_ ? std::min(patience_, kHurried) : patience_;
    const auto now = Steady::now();
    std::erase_if(dying_, [&](Dying& one) {
      siginfo_t info{};
      if (has_ended(one.pid, info) || now - one.since >= 2 * patience) {
        kill_group_and_reap(one.pid);
        return true;
      }
      if (!one.asked && now - one.since >= patience) {
        kill(-one.pid, SIGTERM);
        one.asked = true;
      }
      return false;
    });
    if (!dying_.empty()) changed_.wait_for(lock, kLook);
  }
}

}  // namespace pw::exec
