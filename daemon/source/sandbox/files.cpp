#include "source/sandbox/steps.hpp"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstdint>

namespace pw::sandbox {
namespace {

namespace fs = std::filesystem;

// The headers of Debian 12 only define Landlock version 2; the kernel may support more.
constexpr std::uint64_t kTruncate = 1ULL << 14U;       // from version 3
constexpr std::uint64_t kDeviceControl = 1ULL << 15U;  // from version 5
constexpr std::uint64_t kConnectOrBind = 3ULL;         // TCP, from version 4
constexpr std::uint64_t kScopes = 3ULL;                // abstract sockets and signals, from version 6

/// struct landlock_ruleset_attr as of version 6. Older kernels are passed a shorter prefix of it.
struct Ruleset {
  std::uint64_t files = 0;
  std::uint64_t network = 0;
  std::uint64_t scopes = 0;
};

constexpr std::uint64_t kReadFile = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE;
constexpr std::uint64_t kRead = kReadFile | LANDLOCK_ACCESS_FS_READ_DIR;

/// What programs, interpreters and the dynamic linker need to start. Not all of /etc, because it contains secrets and
/// personal data.
constexpr std::array kSystemReadable{"/usr",
                                     "/bin",
                                     "/sbin",
                                     "/lib",
                                     "/lib32",
                                     "/lib64",
                                     "/libx32",
                                     "/etc/ld.so.cache",
                                     "/etc/ld.so.conf",
                                     "/etc/ld.so.conf.d",
                                     "/etc/ld.so.preload",
                                     "/etc/alternatives",
                                     "/etc/localtime",
                                     "/etc/python3",
                                     "/etc/ssl/openssl.cnf",
                                     "/dev/null",
                                     "/dev/zero",
                                     "/dev/random",
                                     "/dev/urandom",
                                     "/proc/self",
                                     "/proc/meminfo",
                                     "/proc/cpuinfo",
                                     "/sys/devices/system/cpu"};

Ruleset ruleset_for(int version) {
  Ruleset out;
  out.files = LANDLOCK_ACCESS_FS_MAKE_SYM * 2 - 1;  // all rights of version 1
  if (version >= 2) out.files |= LANDLOCK_ACCESS_FS_REFER;
  if (version >= 3) out.files |= kTruncate;
  if (version >= 4) out.network = kConnectOrBind;
  if (version >= 5) out.files |= kDeviceControl;
  if (version >= 6) out.scopes = kScopes;
  return out;
}

std::size_t size_for(int version) {
  if (version >= 6) return sizeof(Ruleset);
  return version >= 4 ? offsetof(Ruleset, scopes) : offsetof(Ruleset, network);
}

/// Paths that do not exist need no rule.
Result<void> allow(int ruleset, const fs::path& path, std::uint64_t access) {
  const int fd = open(path.c_str(), O_PATH | O_CLOEXEC);
  if (fd < 0) return {};
  struct stat status {};
  const bool folder = fstat(fd, &status) == 0 && S_ISDIR(status.st_mode);
  landlock_path_beneath_attr rule{};
  rule.allowed_access = folder ? access : access & ~std::uint64_t{LANDLOCK_ACCESS_FS_READ_DIR};
  rule.parent_fd = fd;
  const bool added = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
  Result<void> out;
  if (!added) out = failed("landlock_add_rule");
  close(fd);
  return out;
}

Result<void> fill(int ruleset, const Rights& rights) {
  for (const char* path : kSystemReadable) {
    if (auto done = allow(ruleset, path, kRead); !done) return done;
  }
  for (const fs::path& path : rights.readable) {
    if (auto done = allow(ruleset, path, kRead); !done) return done;
  }
  return allow(ruleset, "/dev/null", kReadFile | LANDLOCK_ACCESS_FS_WRITE_FILE);
}

}  // namespace

int landlock_version() noexcept {
  const long version = syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return version > 0 ? static_cast<int>(version) : 0;
}

Result<void> restrict_files(const Rights& rights) {
  const int version = landlock_version();
  const Ruleset wanted = ruleset_for(version);
  const long created = syscall(SYS_landlock_create_ruleset, &wanted, size_for(version), 0);
  if (created < 0) return failed("landlock_create_ruleset");
  const int ruleset = static_cast<int>(created);
  Result<void> out = fill(ruleset, rights);
  if (out && syscall(SYS_landlock_restrict_self, ruleset, 0) != 0) out = failed("landlock_restrict_self");
  close(ruleset);
  return out;
}

}  // namespace pw::sandbox
