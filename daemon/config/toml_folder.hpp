#pragma once
/// Finds the files of a configuration folder, and tells whether they have changed. Private to config/.

#include "config/table_reader.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace pw::config {

/// What changes with the content of a file.
struct FileStamp {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::int64_t size = 0;
  std::int64_t modified_ns = 0;
  std::int64_t changed_ns = 0;  ///< cannot be set by a program
  /// False if the file changed so recently that another change might leave the same stamp.
  bool settled = false;

  /// True if the content is the same for certain.
  [[nodiscard]] bool proves_same(const FileStamp& other) const;
};

struct FoundFile {
  std::string path;
  FileStamp stamp;
};

/// The .toml files in the folder and below it, ordered by path, with folders as units. Skips hidden files and folders
/// in subfolders. A missing folder has none; whatever else cannot be read is a problem.
std::vector<FoundFile> find_toml_files(const std::filesystem::path& folder, Problems& problems);

/// The order of find_toml_files().
bool path_before(std::string_view a, std::string_view b);

}  // namespace pw::config
