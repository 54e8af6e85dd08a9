#include "source/sandbox/confinement.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>

namespace pw::sandbox {
namespace {

constexpr int kNotConfined = 200;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

/// The result of `attempt` (0 to 199) in a sandboxed child process.
int confined(const Rights& rights, const std::function<int()>& attempt) {
  const pid_t child = fork();
  if (child == 0) {
    if (!confine(rights)) _exit(kNotConfined);
    _exit(attempt());
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

int confined(const std::function<int()>& attempt) { return confined(Rights{}, attempt); }

/// The errno of a call, or 0 if it succeeded.
int error_of(long result) { return result < 0 ? errno : 0; }

int opening(const std::string& path, int flags = O_RDONLY) { return error_of(open(path.c_str(), flags, 0600)); }

class Confinement : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto able = supported(); !able) GTEST_SKIP() << able.error().message;
  }
};

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "pw-confine-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
    std::ofstream(path_ / "file") << "text";
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string file() const { return path_ / "file"; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

TEST_F(Confinement, ThereIsNoSocketOfAnyKind) {
  for (const int family : {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK, AF_PACKET, AF_VSOCK}) {
    EXPECT_EQ(confined([=] { return error_of(socket(family, SOCK_STREAM, 0)); }), EPERM) << family;
  }
  EXPECT_EQ(confined([] {
              int ends[2];
              return error_of(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
            }),
            EPERM);
  EXPECT_EQ(confined([] { return error_of(syscall(SYS_io_uring_setup, 1, nullptr)); }), EPERM);
}

TEST_F(Confinement, FilesAreReadWhereTheyMayBeAndWrittenNowhere) {
  const Folder own;
  const Folder other;
  Rights rights;
  rights.readable = {own.path()};
  const auto attempt = [&](const std::string& path, int flags = O_RDONLY) {
    return confined(rights, [&] { return opening(path, flags); });
  };
  EXPECT_EQ(attempt(own.file()), 0);
  EXPECT_EQ(attempt("/usr/bin/env"), 0);
  EXPECT_EQ(attempt("/dev/null", O_WRONLY), 0);
  EXPECT_EQ(attempt(other.file()), EACCES);
  for (const char* path : {"/etc/passwd", "/etc/hosts", "/proc/1/status", "/root", "/"}) {
    EXPECT_EQ(attempt(path), EACCES) << path;
  }
  EXPECT_EQ(attempt(own.file(), O_WRONLY), EACCES);
  EXPECT_EQ(attempt(own.path() / "new", O_WRONLY | O_CREAT), EACCES);
  EXPECT_EQ(confined(rights, [&] { return error_of(unlink(own.file().c_str())); }), EPERM);
  EXPECT_EQ(confined(rights, [&] { return error_of(truncate(own.file().c_str(), 0)); }), EPERM);
  EXPECT_EQ(confined([] { return error_of(syscall(SYS_memfd_create, "x", 0)); }), EPERM);
}

TEST_F(Confinement, ProcessesStartOnlyWhereTheyMay) {
  const auto forking = [] {
    const pid_t child = fork();
    if (child == 0) _exit(0);
    return error_of(child);
  };
  Rights rights;
  EXPECT_EQ(confined(rights, forking), EPERM);
  rights.processes = 2;
  EXPECT_EQ(confined(rights, forking), 0);
  const auto threading = [] {
    int seen = 1;
    std::thread([&] { seen = 0; }).join();
    return seen;
  };
  EXPECT_EQ(confined(threading), 0);
}

TEST_F(Confinement, RootMayNotHaveProcessesThatNobodyCounts) {
  Rights rights;
  EXPECT_TRUE(may_have_processes(rights));
  rights.processes = 2;
  EXPECT_EQ(static_cast<bool>(may_have_processes(rights)), getuid() != 0);
}

TEST_F(Confinement, WhoIsConfinedComesAfterTheDaemon) {
  EXPECT_EQ(confined([] { return getpriority(PRIO_PROCESS, 0); }), std::max(10, getpriority(PRIO_PROCESS, 0)));
}

TEST_F(Confinement, ProgramsAreExecutedOnlyWhereTheyMay) {
  const auto executing = [] {
    execl("/bin/true", "true", nullptr);
    return errno;
  };
  Rights rights;
  EXPECT_EQ(confined(rights, executing), 0);
  rights.may_execute = false;
  EXPECT_EQ(confined(rights, executing), EPERM);
}

TEST_F(Confinement, NobodyElseIsReached) {
  EXPECT_EQ(confined([] { return error_of(kill(getppid(), SIGTERM)); }), EPERM);
  EXPECT_EQ(confined([] { return error_of(kill(-1, SIGTERM)); }), EPERM);
  EXPECT_EQ(confined([] { return error_of(kill(getpid(), 0)); }), 0);
  EXPECT_EQ(confined([] { return error_of(setsid()); }), EPERM);
  EXPECT_EQ(confined([] { return error_of(setpgid(0, 0)); }), EPERM);
  EXPECT_EQ(confined([] { return error_of(syscall(SYS_ptrace, 0, 0, 0, 0)); }), EPERM);
  EXPECT_EQ(confined([] { return error_of(syscall(SYS_unshare, 0x10000000)); }), EPERM);
  EXPECT_EQ(confined([] { return error_of(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)); }), EPERM);
}

TEST_F(Confinement, LimitsHoldAndCannotBeLifted) {
  Rights rights;
  rights.files = 16;
  rights.cpu_seconds = 1;
  EXPECT_EQ(confined(rights,
                     [] {
                       int code = 0;
                       while (code == 0) code = error_of(dup(0));
                       return code;
                     }),
            EMFILE);
  EXPECT_EQ(confined(rights,
                     [] {
                       const rlimit more{64, 64};
                       return error_of(setrlimit(RLIMIT_NOFILE, &more));
                     }),
            EPERM);
  EXPECT_EQ(confined(rights,
                     [] {
                       while (getppid() != 0) {
                       }
                       return 0;
                     }),
            1000 + SIGXCPU);
  const auto map = [](int flags) {
    return error_of(reinterpret_cast<long>(
        mmap(nullptr, std::size_t{1} << 34U, PROT_READ | PROT_WRITE, flags | MAP_ANONYMOUS, -1, 0)));
  };
  EXPECT_EQ(confined(rights, [&] { return map(MAP_PRIVATE); }), kSanitized ? 0 : ENOMEM) << "a sanitizer needs it";
  EXPECT_EQ(confined(rights, [&] { return map(MAP_SHARED); }), EPERM) << "shared memory would not be counted";
}

/// The daemon's unit has SystemCallFilter=~@privileged @resources, which also applies to its children.
TEST_F(Confinement, AServiceManagersFilterIsNoObstacle) {
  const pid_t child = fork();
  if (child == 0) {
    if (getuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) _exit(1);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    for (const char* call : {"capset", "nice", "sched_setattr", "sched_setparam", "sched_setscheduler", "setpriority",
                             "setrlimit", "sched_setaffinity", "setuid", "setgid", "chroot", "bpf"}) {
      if (seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), seccomp_syscall_resolve_name(call), 0, nullptr) != 0) {
        _exit(2);
      }
    }
    if (seccomp_load(filter) != 0) _exit(3);
    _exit(confine(Rights{}) ? 0 : 4);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

TEST_F(Confinement, NoCapabilityIsLeft) {
  EXPECT_EQ(confined([] {
              std::ifstream status("/proc/self/status");
              for (std::string line; std::getline(status, line);) {
                if (line.starts_with("CapEff:") || line.starts_with("CapPrm:")) {
                  if (line.find_first_not_of("0\t", 7) != std::string::npos) return 1;
                }
                if (line == "NoNewPrivs:\t0") return 2;
              }
              return status.eof() ? 0 : 3;
            }),
            0);
}

}  // namespace
}  // namespace pw::sandbox
