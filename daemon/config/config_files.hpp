#pragma once
/// Finds the files of the configuration, and checks that they can be read and that nobody else can change them. Private
/// to config/.

#include "config/file_stamp.hpp"
#include "config/table_reader.hpp"

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace pw::config {

/// Why a path cannot be used, from the errno of the attempt, and the command that helps if it is a matter of
/// permissions.
std::string unusable(const std::filesystem::path& path, int error);

/// A folder of the configuration.
struct ConfigFolder {
  std::filesystem::path path;
  std::optional<Place> named;  ///< where the configuration names it; a folder that is only a default may be missing
  bool below = false;          ///< its subfolders belong to it too
};

/// Reports every file and folder that cannot be read, or that someone other than its owner can write. A group may write
/// if it is root's or the daemon's: that of this process, or that of the state folder. Symbolic links are followed;
/// then the target and the folder that holds it are checked. Owners are not checked. Blocks on the file system.
class ConfigFiles {
 public:
  /// `problems` must outlive it.
  explicit ConfigFiles(Problems& problems);

  /// The state folder belongs to the daemon's group, whoever runs this process.
  void trust_group_of(const std::filesystem::path& state);

  /// False, with a problem, if it is not a file that can be read.
  bool can_read(const std::filesystem::path& file);
  /// Reports a file or folder that others can write. One that does not exist is no problem.
  void check_writers(const std::filesystem::path& path);
  /// The same for the folder that holds a file; others may write in it if it has the sticky bit, like /tmp.
  void check_holder(const std::filesystem::path& file);

  /// The *.toml in the folder, in the order of path_before(). Hidden files and folders are skipped. Does not open the
  /// files: folders may hold a hundred thousand.
  std::vector<FoundFile> toml_files(const ConfigFolder& folder);
  /// Reports a folder that is missing although it is named, that is no folder, or that others can write.
  bool check_folder(const ConfigFolder& folder);

 private:
  using Visited = std::set<std::pair<dev_t, ino_t>>;  ///< folders, so that links do not lead in circles
  enum class Sticky { refused, allowed };
  void check_mode(const std::filesystem::path& path, const std::filesystem::path& target, Sticky sticky);
  void check_mode(const std::filesystem::path& path, const std::filesystem::path& target, const struct stat& status);
  void add_files(const ConfigFolder& folder, Visited& visited, std::vector<FoundFile>& out);
  std::vector<std::string> names_in(const std::filesystem::path& folder);
  void report(const std::filesystem::path& path, std::string message);

  Problems& problems_;
  std::set<gid_t> groups_;
  std::set<std::filesystem::path> reported_;
};

}  // namespace pw::config
