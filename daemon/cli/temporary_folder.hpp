#pragma once
/// A temporary folder that is removed with its object.

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

namespace pw::cli {

/// Owns the folder and its content.
class TemporaryFolder {
 public:
  /// Throws std::runtime_error when the folder cannot be created.
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "presswatch-plugin-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make a temporary folder");
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace pw::cli
