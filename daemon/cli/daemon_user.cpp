#include "cli/daemon_user.hpp"

#include "core/text.hpp"

#include <grp.h>
#include <pwd.h>
#include <spdlog/fmt/fmt.h>
#include <sys/stat.h>
#include <unistd.h>

namespace pw::cli {

namespace {

const passwd* entry_of(uid_t uid) {
  return ::getpwuid(uid);  // NOLINT(concurrency-mt-unsafe): the command has one thread
}

std::string name_of(uid_t uid) {
  const passwd* user = entry_of(uid);
  return user != nullptr ? user->pw_name : std::to_string(uid);
}

}  // namespace

std::optional<std::string> other_owner_of(const std::filesystem::path& folder) {
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0 || status.st_uid == ::geteuid()) return std::nullopt;
  return name_of(status.st_uid);
}

std::optional<std::string> act_as_owner_of(const std::filesystem::path& state) {
  struct stat status {};
  if (::geteuid() != 0 || ::stat(state.c_str(), &status) != 0 || status.st_uid == 0) return std::nullopt;
  const passwd* user = entry_of(status.st_uid);
  const gid_t group = user != nullptr ? user->pw_gid : status.st_gid;
  const std::string name = name_of(status.st_uid);
  const bool has_groups = user != nullptr ? ::initgroups(user->pw_name, group) == 0 : ::setgroups(0, nullptr) == 0;
  if (!has_groups || ::setegid(group) != 0 || ::seteuid(status.st_uid) != 0) return std::nullopt;
  return fmt::format("checked as the user {}, who owns {}", name, printable(state.string()));
}

}  // namespace pw::cli
