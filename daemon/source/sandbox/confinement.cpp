#include "source/sandbox/confinement.hpp"

#include "source/sandbox/steps.hpp"

#include <linux/capability.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace pw::sandbox {
namespace {

/// Without capabilities, root is merely the owner of its files. Programs it executes cannot regain any, because "no new
/// privileges" is set and the bounding set is empty.
Result<void> drop_capabilities() {
  for (int capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability) {
    prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);  // fails for a process without capabilities, which has nothing to drop
  }
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, 2> held{};
  const std::array<__user_cap_data_struct, 2> none{};
  const auto nothing = [](const auto& one) { return (one.effective | one.permitted | one.inheritable) == 0; };
  // The service manager may have forbidden capset, but then there are no capabilities left to drop.
  if (syscall(SYS_capget, &header, held.data()) == 0 && std::ranges::all_of(held, nothing)) return {};
  if (syscall(SYS_capset, &header, none.data()) != 0) return failed("capset");
  return {};
}

}  // namespace

Result<void> supported() {
  if (landlock_version() < 1) {
    return fail(Errc::unsupported,
                "this kernel has no Landlock (requires Linux 5.13 with \"landlock\" among its security modules)");
  }
  unsigned action = SECCOMP_RET_ERRNO;
  if (syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) != 0) {
    return fail(Errc::unsupported, "this kernel has no seccomp filters");
  }
  return {};
}

Result<void> confine(const Rights& rights) {
  if (auto able = supported(); !able) return able;
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return failed("PR_SET_NO_NEW_PRIVS");
  if (auto done = drop_capabilities(); !done) return done;
  if (auto done = limit_resources(rights); !done) return done;
  if (auto done = restrict_files(rights); !done) return done;
  return restrict_system_calls(rights);
}

}  // namespace pw::sandbox
