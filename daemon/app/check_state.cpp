#include "app/check_state.hpp"

#include "core/message_of.hpp"
#include "core/text.hpp"
#include "store/store.hpp"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <spdlog/fmt/fmt.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>

namespace pw::app {
namespace {

namespace fs = std::filesystem;

std::string user_name(uid_t uid) {
  const passwd* entry = ::getpwuid(uid);  // NOLINT(concurrency-mt-unsafe): nobody else asks while this is checked
  return entry != nullptr ? entry->pw_name : std::to_string(uid);
}

/// "presswatch:presswatch", the user and group of this process.
std::string own_names() {
  const group* entry = ::getgrgid(::getegid());  // NOLINT(concurrency-mt-unsafe)
  return user_name(::geteuid()) + ':' + (entry != nullptr ? entry->gr_name : std::to_string(::getegid()));
}

/// The errno with which this user cannot use the path; 0: it can.
int access_error(const fs::path& path, int wanted) {
  return ::faccessat(AT_FDCWD, path.c_str(), wanted, AT_EACCESS) == 0 ? 0 : errno;
}

/// "belongs to user root; chown presswatch:presswatch PATH", or what else helps.
std::string advice(const fs::path& path, const char* mode) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return "";
  const std::string shown = printable(path.string());
  if (status.st_uid == ::geteuid()) return fmt::format("; chmod {} {}", mode, shown);
  return fmt::format("; it belongs to user {}: chown {} {}", user_name(status.st_uid), own_names(), shown);
}

class StateCheck {
 public:
  StateCheck(const config::MainSettings& settings, std::vector<config::Problem>& problems)
      : settings_(settings), folder_(settings.daemon.state), problems_(problems) {}

  void run(bool is_ours) {
    struct stat status {};
    if (::lstat(folder_.c_str(), &status) != 0 && errno == ENOENT) {
      check_can_be_made();
      return;
    }
    // What else is no folder, or cannot be examined, is an error of the configuration.
    std::error_code ignored;
    if (!fs::is_directory(folder_, ignored)) return;
    if (const int error = access_error(folder_, R_OK | W_OK | X_OK)) {
      problem(fmt::format("daemon.state: {} cannot be written: {}{}", printable(folder_.string()),
                          message_of_errno(error), advice(folder_, "u+rwx")));
      return;
    }
    const std::string database = (folder_ / store::kDatabaseName).string();
    for (const char* end : {"", "-wal", "-shm", ".lock", ".instance"}) check_file(database + end);
    if (!is_ours) check_lock(database + ".lock");
  }

 private:
  void problem(std::string message) { problems_.push_back({settings_.place_of("daemon.state"), std::move(message)}); }

  void check_can_be_made() {
    fs::path above = folder_.parent_path();
    std::error_code ignored;
    while (!fs::exists(above, ignored) && above.has_relative_path()) above = above.parent_path();
    const int error = access_error(above, W_OK | X_OK);
    if (error == 0) return;
    problem(fmt::format(
        "daemon.state: {0} does not exist, and cannot be made in {1}: {2}; as root: install -d -o {3} "
        "-m 700 {0}",
        printable(folder_.string()), printable(above.string()), message_of_errno(error), user_name(::geteuid())));
  }

  void check_file(const fs::path& file) {
    const int error = access_error(file, R_OK | W_OK);
    if (error == 0 || error == ENOENT) return;
    problem(fmt::format("{} cannot be read and written: {}{}", printable(file.string()), message_of_errno(error),
                        advice(file, "u+rw")));
  }

  void check_lock(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0) return;
    const bool is_locked = ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(descriptor);
    if (!is_locked) return;
    problem(
        fmt::format("{}: the database is locked: another presswatchd uses it. Stop that one, or set daemon.state to "
                    "another folder",
                    printable(file.string())));
  }

  const config::MainSettings& settings_;
  const fs::path& folder_;
  std::vector<config::Problem>& problems_;
};

}  // namespace

void check_state(const config::MainSettings& settings, bool is_ours, std::vector<config::Problem>& problems) {
  StateCheck(settings, problems).run(is_ours);
}

}  // namespace pw::app
