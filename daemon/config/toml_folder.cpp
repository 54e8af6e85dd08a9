#include "config/toml_folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <spdlog/fmt/fmt.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <memory>
#include <system_error>

namespace pw::config {
namespace {

constexpr std::int64_t kNanoseconds = 1'000'000'000;
/// Longer than the clock ticks of file systems, which may be coarse.
constexpr std::int64_t kSettledAfter = kNanoseconds;

std::int64_t to_ns(const timespec& time) { return time.tv_sec * kNanoseconds + time.tv_nsec; }

std::int64_t now_ns() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return to_ns(now);
}

FileStamp stamp_of(const struct stat& status, std::int64_t now) {
  FileStamp out{status.st_dev, status.st_ino, status.st_size, to_ns(status.st_mtim), to_ns(status.st_ctim), false};
  out.settled = out.changed_ns < now - kSettledAfter;
  return out;
}

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};

/// Walks a folder. Works on strings: a hundred thousand files would take most of their time as std::filesystem::path.
class Walk {
 public:
  explicit Walk(Problems& problems) : problems_(problems) {}

  void enter(const std::string& path, bool is_top) {
    const std::unique_ptr<DIR, CloseFolder> folder(opendir(path.c_str()));
    if (folder == nullptr) {
      if (!is_top || errno != ENOENT) problem(path);
      return;
    }
    // The names are sorted folder by folder, because whole paths have long beginnings in common.
    for (const auto& [name, is_subfolder] : names_in(*folder, is_top)) {
      const std::string inner = fmt::format("{}/{}", path, name);
      if (is_subfolder) {
        enter(inner, false);
      } else {
        add(dirfd(folder.get()), name, inner);
      }
    }
  }

  std::vector<FoundFile> finish() { return std::move(out_); }

 private:
  struct Name {
    std::string name;
    bool is_folder;
  };

  static std::vector<Name> names_in(DIR& folder, bool is_top) {
    std::vector<Name> out;
    // There is one thread per DIR, which is what readdir() asks for.
    while (const dirent* entry = readdir(&folder)) {  // NOLINT(concurrency-mt-unsafe)
      const std::string_view name(entry->d_name);
      const bool is_hidden = name.starts_with('.');
      const bool is_subfolder =
          entry->d_type == DT_DIR || (entry->d_type == DT_UNKNOWN && is_folder(dirfd(&folder), entry->d_name));
      const bool is_wanted = is_subfolder ? !is_hidden : name.ends_with(".toml") && (is_top || !is_hidden);
      if (is_wanted) out.push_back({std::string(name), is_subfolder});
    }
    std::ranges::sort(out, {}, &Name::name);
    return out;
  }

  void add(int folder, const std::string& name, const std::string& path) {
    struct stat status {};
    if (fstatat(folder, name.c_str(), &status, 0) != 0) {
      problem(path);
    } else if (!S_ISREG(status.st_mode)) {
      problems_.add(path, 0, "is not a regular file");
    } else {
      out_.push_back({path, stamp_of(status, now_)});
    }
  }

  static bool is_folder(int descriptor, const char* name) {
    struct stat status {};
    return fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode);
  }

  void problem(const std::string& path) {
    problems_.add(path, 0, "cannot be read: " + std::generic_category().message(errno));
  }

  Problems& problems_;
  std::int64_t now_ = now_ns();
  std::vector<FoundFile> out_;
};

}  // namespace

bool FileStamp::proves_same(const FileStamp& other) const {
  return settled && device == other.device && inode == other.inode && size == other.size &&
         modified_ns == other.modified_ns && changed_ns == other.changed_ns;
}

bool path_before(std::string_view a, std::string_view b) {
  const auto [in_a, in_b] = std::ranges::mismatch(a, b);
  if (in_a == a.end() || in_b == b.end()) return in_a == a.end() && in_b != b.end();
  const auto rank = [](char c) { return c == '/' ? 0 : static_cast<unsigned char>(c) + 1; };
  return rank(*in_a) < rank(*in_b);
}

std::vector<FoundFile> find_toml_files(const std::filesystem::path& folder, Problems& problems) {
  Walk walk(problems);
  walk.enter(folder.string(), true);
  return walk.finish();
}

}  // namespace pw::config
