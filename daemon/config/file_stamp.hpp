#pragma once
/// Tells whether a file has changed. Private to config/.

#include <sys/stat.h>

#include <cstdint>
#include <string>
#include <string_view>

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

/// The stamp of a file whose status was just read.
FileStamp stamp_of(const struct stat& status);

struct FoundFile {
  std::string path;
  FileStamp stamp;
};

/// The order of std::filesystem::path, for strings: folders are units.
bool path_before(std::string_view a, std::string_view b);

}  // namespace pw::config
