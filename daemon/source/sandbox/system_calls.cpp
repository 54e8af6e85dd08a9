#include "source/sandbox/steps.hpp"

#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <initializer_list>
#include <memory>

namespace pw::sandbox {
namespace {

/// System calls that only affect what the process already has (its memory, threads, descriptors, the clock), and calls
/// that open files, which Landlock controls.
constexpr std::array kAllowed{
    // files
    "access", "chdir", "close", "close_range", "dup", "dup2", "dup3", "faccessat", "faccessat2", "fadvise64", "fchdir",
    "fcntl", "flock", "fstat", "fstatfs", "fsync", "getcwd", "getdents", "getdents64", "lseek", "lstat", "newfstatat",
    "open", "openat", "pread64", "preadv", "preadv2", "read", "readahead", "readlink", "readlinkat", "readv", "stat",
    "statfs", "statx", "umask", "write", "writev",
    // memory
    "brk", "madvise", "membarrier", "mincore", "mlock", "mprotect", "mremap", "munlock", "munmap", "pkey_alloc",
    "pkey_free", "pkey_mprotect",
    // the process and its threads
    "arch_prctl", "capget", "exit", "exit_group", "futex", "futex_waitv", "get_robust_list", "getcpu", "getegid",
    "geteuid", "getgid", "getgroups", "getpgid", "getpgrp", "getpid", "getppid", "getpriority", "getresgid",
    "getresuid", "getrlimit", "getrusage", "getsid", "gettid", "getuid", "restart_syscall", "rseq",
    "sched_get_priority_max", "sched_get_priority_min", "sched_getaffinity", "sched_getattr", "sched_getparam",
    "sched_getscheduler", "sched_yield", "set_robust_list", "set_tid_address", "sysinfo", "times", "uname",
    // signals that come to it
    "rt_sigaction", "rt_sigpending", "rt_sigprocmask", "rt_sigreturn", "rt_sigsuspend", "rt_sigtimedwait",
    "sigaltstack",
    // time
    "alarm", "clock_getres", "clock_gettime", "clock_nanosleep", "getitimer", "gettimeofday", "nanosleep", "pause",
    "setitimer", "time", "timer_create", "timer_delete", "timer_getoverrun", "timer_gettime", "timer_settime",
    "timerfd_create", "timerfd_gettime", "timerfd_settime",
    // waiting for descriptors
    "epoll_create", "epoll_create1", "epoll_ctl", "epoll_pwait", "epoll_pwait2", "epoll_wait", "eventfd", "eventfd2",
    "pipe", "pipe2", "poll", "ppoll", "pselect6", "select",
    // standard input is a socket that was passed in; no call can create another
    "getpeername", "getsockname", "getsockopt", "recvfrom", "shutdown", "getrandom"};

constexpr std::array kForAProgram{"execve", "execveat"};
constexpr std::array kForChildren{"fork", "vfork", "wait4", "waitid"};

/// Requests that query or set properties of the process's own descriptors. Requests that inject terminal input
/// (TIOCSTI) are not among them.
constexpr std::array<unsigned long, 6> kIoctls{FIOCLEX, FIONCLEX, FIONBIO, FIONREAD, TCGETS, TIOCGWINSZ};
constexpr std::array<unsigned long, 8> kPrctls{PR_SET_NAME,      PR_GET_NAME,         PR_GET_DUMPABLE, PR_GET_PDEATHSIG,
                                               PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_CAPBSET_READ, PR_SET_VMA};

constexpr scmp_datum_t kNamespaces =
    CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;

/// A condition on a system call argument. Equivalent to the C macros in seccomp.h.
constexpr scmp_arg_cmp equals(unsigned argument, scmp_datum_t value) { return {argument, SCMP_CMP_EQ, value, 0}; }
constexpr scmp_arg_cmp masked(unsigned argument, scmp_datum_t mask, scmp_datum_t value) {
  return {argument, SCMP_CMP_MASKED_EQ, mask, value};
}

/// Owns a filter under construction and remembers the first rule that could not be added. System calls that do not
/// exist on this architecture need no rule.
class Filter {
 public:
  Filter() : context_(seccomp_init(SCMP_ACT_ERRNO(EPERM)), seccomp_release) {}

  template <class... Conditions>
  void act(std::uint32_t action, const char* call, Conditions... conditions) {
    const int number = seccomp_syscall_resolve_name(call);
    if (number < 0) return;
    const std::array<scmp_arg_cmp, sizeof...(conditions)> list{conditions...};
    const int code = context_ == nullptr ? -ENOMEM
                                         : seccomp_rule_add_array(context_.get(), action, number,
                                                                  static_cast<unsigned>(list.size()), list.data());
    if (code != 0 && error_ == 0) error_ = -code;
  }
  template <class... Conditions>
  void allow(const char* call, Conditions... conditions) {
    act(SCMP_ACT_ALLOW, call, conditions...);
  }

  Result<void> load() {
    if (error_ == 0) error_ = -seccomp_load(context_.get());
    if (error_ == 0) return {};
    errno = error_;
    return failed("seccomp");
  }

 private:
  std::unique_ptr<void, void (*)(scmp_filter_ctx)> context_;
  int error_ = 0;
};

void allow_memory(Filter& filter) {
  // Shared anonymous memory is not limited by RLIMIT_DATA.
  filter.allow("mmap", masked(3, MAP_SHARED | MAP_ANONYMOUS, MAP_SHARED));
  filter.allow("mmap", masked(3, MAP_SHARED | MAP_ANONYMOUS, MAP_ANONYMOUS));
  filter.allow("mmap", masked(3, MAP_SHARED | MAP_ANONYMOUS, 0));
}

void allow_processes(Filter& filter, const Rights& rights) {
  // The flags of clone3 are in memory, which a filter cannot inspect. C libraries fall back to clone.
  filter.act(SCMP_ACT_ERRNO(ENOSYS), "clone3");
  if (rights.processes > 1) {
    filter.allow("clone", masked(0, kNamespaces, 0));
    for (const char* call : kForChildren) filter.allow(call);
  } else {
    filter.allow("clone", masked(0, kNamespaces | CLONE_THREAD, CLONE_THREAD));
  }
  if (rights.may_execute) {
    for (const char* call : kForAProgram) filter.allow(call);
  }
}

/// abort(3) and raise(3) can signal the process itself, but nothing can signal others.
void allow_signals_to_itself(Filter& filter) {
  const auto self = static_cast<scmp_datum_t>(getpid());
  filter.allow("kill", equals(0, self));
  filter.allow("tgkill", equals(0, self));
  filter.allow("rt_sigqueueinfo", equals(0, self));
}

void allow_some_requests(Filter& filter) {
  for (const unsigned long request : kIoctls) filter.allow("ioctl", equals(1, request));
  for (const unsigned long option : kPrctls) filter.allow("prctl", equals(0, option));
  filter.allow("prlimit64", equals(2, 0));  // to query limits, not to set them
}

}  // namespace

Result<void> restrict_system_calls(const Rights& rights) {
  Filter filter;
  for (const char* call : kAllowed) filter.allow(call);
  allow_memory(filter);
  allow_processes(filter, rights);
  allow_signals_to_itself(filter);
  allow_some_requests(filter);
  return filter.load();
}

}  // namespace pw::sandbox
