#include "config/config_files.hpp"

#include "core/message_of.hpp"

#include <fcntl.h>
#include <grp.h>
#include <spdlog/fmt/fmt.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>

namespace pw::config {
namespace {

namespace fs = std::filesystem;

bool has_access(const fs::path& path, int wanted) {
  return ::faccessat(AT_FDCWD, path.c_str(), wanted, AT_EACCESS) == 0;
}

/// The command that lets the group of this process read the file, or enter the folder above it that keeps it out.
std::string permission_advice(const fs::path& path) {
  const fs::path whole = fs::absolute(path);
  fs::path culprit = "/";
  for (const fs::path& part : whole) {
    culprit /= part;
    struct stat status {};
    if (::stat(culprit.c_str(), &status) != 0) return "";
    const bool is_folder = S_ISDIR(status.st_mode);
    const int wanted = culprit == whole ? R_OK | (is_folder ? X_OK : 0) : X_OK;
    if (has_access(culprit, wanted)) continue;
    const group* own = ::getgrgid(::getegid());  // NOLINT(concurrency-mt-unsafe): one load at a time
    const std::string name = own != nullptr ? own->gr_name : std::to_string(::getegid());
    return fmt::format("; chgrp {0} {1} && chmod g+{2} {1}", name, culprit.string(), is_folder ? "rx" : "r");
  }
  return "";
}

}  // namespace

std::string unusable(const fs::path& path, int error) {
  std::error_code ignored;
  if (error == ENOENT && fs::is_symlink(path, ignored)) {
    return fmt::format("leads to {}, which does not exist", fs::read_symlink(path, ignored).string());
  }
  return fmt::format("cannot be read: {}{}", message_of_errno(error), error == EACCES ? permission_advice(path) : "");
}

ConfigFiles::ConfigFiles(Problems& problems) : problems_(problems), groups_{0, ::getegid()} {}

void ConfigFiles::trust_group_of(const fs::path& state) {
  struct stat status {};
  if (::stat(state.c_str(), &status) == 0) groups_.insert(status.st_gid);
}

bool ConfigFiles::can_read(const fs::path& file) {
  struct stat status {};
  // A FIFO would be waited for.
  const int opened = ::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (opened < 0) {
    report(file, unusable(file, errno));
    return false;
  }
  const bool regular = ::fstat(opened, &status) == 0 && S_ISREG(status.st_mode);
  ::close(opened);
  if (!regular) report(file, "is not a file");
  return regular;
}

void ConfigFiles::check_writers(const fs::path& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return;
  if (!S_ISLNK(status.st_mode)) {
    check_mode(path, path, Sticky::refused);
    return;
  }
  std::error_code error;
  const fs::path target = fs::canonical(path, error);
  if (error) return;
  check_mode(path, target, Sticky::refused);
  check_mode(path, target.parent_path(), Sticky::allowed);
}

void ConfigFiles::check_holder(const fs::path& file) {
  const fs::path folder = fs::absolute(file).parent_path();
  check_mode(folder, folder, Sticky::allowed);
}

void ConfigFiles::check_mode(const fs::path& path, const fs::path& target, Sticky sticky) {
  struct stat status {};
  if (::stat(target.c_str(), &status) != 0) return;
  if (sticky == Sticky::allowed && (status.st_mode & S_ISVTX) != 0) return;
  check_mode(path, target, status);
}

void ConfigFiles::check_mode(const fs::path& path, const fs::path& target, const struct stat& status) {
  const bool by_all = (status.st_mode & S_IWOTH) != 0;
  const bool by_group = (status.st_mode & S_IWGRP) != 0 && !groups_.contains(status.st_gid);
  if (!by_all && !by_group) return;
  const std::string who = by_all ? "everyone" : fmt::format("group {}, which is not the daemon's", status.st_gid);
  report(path,
         fmt::format("{}can be written by {}; chmod go-w {}",
                     target == path ? "" : fmt::format("leads to {}, which ", target.string()), who, target.string()));
}

bool ConfigFiles::check_folder(const ConfigFolder& folder) {
  struct stat status {};
  if (::stat(folder.path.c_str(), &status) != 0) {
    const int error = errno;
    std::error_code ignored;
    if (error == ENOENT && !fs::is_symlink(folder.path, ignored)) {
      if (folder.named) {
        problems_.add_missing_folder(
            *folder.named,
            fmt::format("{} does not exist; create the folder, or remove the key", folder.path.string()));
      }
    } else {
      report(folder.path, unusable(folder.path, error));
    }
    return false;
  }
  if (!S_ISDIR(status.st_mode)) {
    report(folder.path, "is not a folder");
    return false;
  }
  check_writers(folder.path);
  return true;
}

std::vector<FoundFile> ConfigFiles::toml_files(const ConfigFolder& folder) {
  std::vector<FoundFile> out;
  Visited visited;
  add_files(folder, visited, out);
  return out;
}

void ConfigFiles::add_files(const ConfigFolder& folder, Visited& visited, std::vector<FoundFile>& out) {
  struct stat status {};
  if (!check_folder(folder) || ::stat(folder.path.c_str(), &status) != 0) return;
  if (!visited.emplace(status.st_dev, status.st_ino).second) return;
  for (const std::string& name : names_in(folder.path)) {
    const bool is_toml = name.ends_with(".toml");
    if (!is_toml && !folder.below) continue;
    std::string path = folder.path.string() + '/' + name;
    int failed = ::lstat(path.c_str(), &status);
    const bool is_link = failed == 0 && S_ISLNK(status.st_mode);
    if (is_link) failed = ::stat(path.c_str(), &status);
    if (failed != 0) {
      report(path, unusable(path, errno));
    } else if (folder.below && S_ISDIR(status.st_mode)) {
      add_files({path, std::nullopt, true}, visited, out);
    } else if (is_toml && !S_ISREG(status.st_mode)) {
      report(path, "is not a file");
    } else if (is_toml) {
      if (is_link) {
        check_writers(path);
      } else {
        check_mode(path, path, status);
      }
      out.push_back({std::move(path), stamp_of(status)});
    }
  }
}

std::vector<std::string> ConfigFiles::names_in(const fs::path& folder) {
  std::vector<std::string> out;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    std::string name = it->path().filename().string();
    if (!name.starts_with('.')) out.push_back(std::move(name));
  }
  if (error) report(folder, fmt::format("cannot be read: {}", error.message()));
  std::ranges::sort(out);
  return out;
}

void ConfigFiles::report(const fs::path& path, std::string message) {
  if (reported_.insert(path).second) problems_.add(path, std::move(message));
}

}  // namespace pw::config
