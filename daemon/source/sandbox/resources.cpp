#include "source/sandbox/steps.hpp"

#include <sched.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <iterator>
#include <string>
#include <system_error>

namespace pw::sandbox {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

Result<void> limit(__rlimit_resource which, rlim_t soft, rlim_t hard, std::string_view name) {
  const rlimit value{soft, hard};
  if (setrlimit(which, &value) != 0) return failed(name);
  return {};
}

/// Number of threads in all processes of this user, which RLIMIT_NPROC counts.
rlim_t tasks_of_this_user() {
  namespace fs = std::filesystem;
  rlim_t out = 0;
  std::error_code error;
  for (fs::directory_iterator it("/proc", error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    struct stat status {};
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    if (stat(it->path().c_str(), &status) != 0 || status.st_uid != getuid()) continue;
    std::error_code gone;
    const fs::directory_iterator tasks(it->path() / "task", gone);
    if (!gone) out += static_cast<rlim_t>(std::distance(tasks, fs::directory_iterator()));
  }
  return out;
}

/// Gives the daemon's threads precedence over plugins. If the service manager forbids changing priorities
/// (SystemCallFilter=~@resources), there was no higher priority to give up.
Result<void> lower_priority() {
  constexpr int kNice = 10;
  const sched_param usual{};
  if (sched_getscheduler(0) != SCHED_OTHER && sched_setscheduler(0, SCHED_OTHER, &usual) != 0) {
    return failed("sched_setscheduler");
  }
  if (getpriority(PRIO_PROCESS, 0) >= kNice || setpriority(PRIO_PROCESS, 0, kNice) == 0 || errno == EPERM) return {};
  return failed("setpriority");
}

}  // namespace

Result<void> may_have_processes(const Rights& rights) {
  if (rights.processes <= 1 || getuid() != 0) return {};
  return fail(Errc::refused,
              "root's processes cannot be limited: run the daemon as a separate user, delegate a control "
              "group to it, or set processes = 1");
}

Result<void> limit_resources(const Rights& rights) {
  if (auto done = limit(RLIMIT_CORE, 0, 0, "RLIMIT_CORE"); !done) return done;
  if (auto done = limit(RLIMIT_FSIZE, 0, 0, "RLIMIT_FSIZE"); !done) return done;
  if (auto done = limit(RLIMIT_MSGQUEUE, 0, 0, "RLIMIT_MSGQUEUE"); !done) return done;
  if (auto done = limit(RLIMIT_NOFILE, rights.files, rights.files, "RLIMIT_NOFILE"); !done) return done;
  if (auto done = limit(RLIMIT_CPU, rights.cpu_seconds, rlim_t{rights.cpu_seconds} + 1, "RLIMIT_CPU"); !done) {
    return done;
  }
  if (auto done = lower_priority(); !done) return done;
  if (rights.processes > 1) {
    const rlim_t tasks = tasks_of_this_user() + rights.processes;
    if (auto done = limit(RLIMIT_NPROC, tasks, tasks, "RLIMIT_NPROC"); !done) return done;
  }
  // The shadow memory of a sanitizer counts as data, so with a limit the process could not even finish sandboxing
  // itself.
  return kSanitized ? Result<void>{} : limit(RLIMIT_DATA, rights.memory, rights.memory, "RLIMIT_DATA");
}

}  // namespace pw::sandbox
