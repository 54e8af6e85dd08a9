#include "source/ownership.hpp"

#include "core/codec/hash.hpp"
#include "core/message_of.hpp"
#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>

namespace pw::source {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFiles = 4096;
constexpr std::size_t kMaxProblems = 8;

class Inspector {
 public:
  void file(const fs::path& path) {
    struct stat link {};
    struct stat target {};
    if (::lstat(path.c_str(), &link) != 0 || ::stat(path.c_str(), &target) != 0) {
      problem(path, fmt::format("cannot be examined: {}", message_of_errno(errno)));
      return;
    }
    mix(path.native());
    for (const struct stat* one : {&link, &target}) {
      mix(fmt::format("{} {} {} {}.{}", one->st_ino, one->st_mode, one->st_size, one->st_ctim.tv_sec,
                      one->st_ctim.tv_nsec));
    }
    owner(path, link);
    owner(path, target);
    writers(path, target, false);
  }

  void ancestor(const fs::path& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return;
    owner(path, status);
    writers(path, status, (status.st_mode & S_ISVTX) != 0);
  }

  void problem(const fs::path& path, std::string message) {
    if (out_.problems.size() < kMaxProblems) out_.problems.push_back({{path, 0}, std::move(message)});
  }

  Ownership finish() { return std::move(out_); }

 private:
  void owner(const fs::path& path, const struct stat& status) {
    if (status.st_uid == 0 || status.st_uid == ::geteuid()) return;
    problem(path, fmt::format("belongs to user {}, which is neither root nor the daemon's user; chown it to root",
                              status.st_uid));
  }

  void writers(const fs::path& path, const struct stat& status, bool sticky) {
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) == 0 || sticky) return;
    problem(path, fmt::format("is writable by {}; chmod go-w it",
                              (status.st_mode & S_IWOTH) != 0 ? "everyone" : "its group"));
  }

  /// Against accidents, not against an attacker, who cannot write here.
  void mix(std::string_view bytes) { out_.fingerprint = fnv(bytes, out_.fingerprint); }

  Ownership out_{{}, kFnvStart};
};

}  // namespace

Ownership check_ownership(const fs::path& folder) {
  Inspector inspector;
  inspector.file(folder);
  for (fs::path above = folder.parent_path(); above.has_relative_path(); above = above.parent_path()) {
    inspector.ancestor(above);
  }
  std::error_code error;
  std::size_t files = 0;
  std::vector<fs::path> paths;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (++files > kMaxFiles) {
      inspector.problem(folder, fmt::format("contains more than {} files", kMaxFiles));
      break;
    }
    paths.push_back(it->path());
  }
  if (error) inspector.problem(folder, fmt::format("cannot be read: {}", error.message()));
  // The order of directory entries is not stable, but the fingerprint must be.
  std::ranges::sort(paths);
  for (const fs::path& path : paths) inspector.file(path);
  return inspector.finish();
}

}  // namespace pw::source
