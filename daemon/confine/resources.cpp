#include "confine/steps.hpp"

#include <sys/resource.h>

namespace pw::confine {
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

}  // namespace

Result<void> limit_resources(const Rights& rights) {
  // The shadow memory of a sanitizer counts as data, so a program that runs on in this process could not live. What
  // it executes is no sanitized program.
  const bool memory = !kSanitized || rights.may_execute;
  if (auto done = limit(RLIMIT_CORE, 0, 0, "RLIMIT_CORE"); !done) return done;
  if (auto done = limit(RLIMIT_FSIZE, 0, 0, "RLIMIT_FSIZE"); !done) return done;
  if (auto done = limit(RLIMIT_MSGQUEUE, 0, 0, "RLIMIT_MSGQUEUE"); !done) return done;
  if (auto done = limit(RLIMIT_NOFILE, rights.files, rights.files, "RLIMIT_NOFILE"); !done) return done;
  if (auto done = limit(RLIMIT_CPU, rights.cpu_seconds, rlim_t{rights.cpu_seconds} + 1, "RLIMIT_CPU"); !done) {
    return done;
  }
  return memory ? limit(RLIMIT_DATA, rights.memory, rights.memory, "RLIMIT_DATA") : Result<void>{};
}

}  // namespace pw::confine
