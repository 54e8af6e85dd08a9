#pragma once
/// A temporary folder of plugin packages.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace pw::source {

class PackageFolder {
 public:
  PackageFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "pw-packages-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    path_ = name;
  }
  ~PackageFolder() { std::filesystem::remove_all(path_); }
  PackageFolder(const PackageFolder&) = delete;
  PackageFolder& operator=(const PackageFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  void write(const std::string& name, const std::string& text) const {
    using std::filesystem::perms;
    for (auto folder = (path_ / name).parent_path(); folder != path_; folder = folder.parent_path()) {
      std::filesystem::create_directories(folder);
      std::filesystem::permissions(folder, perms::owner_all);
    }
    std::ofstream(path_ / name) << text;
    std::filesystem::permissions(path_ / name, perms::owner_all);
  }

  /// Creates a package of kind exec, with `more` appended to its manifest.
  void exec(const std::string& name, const std::string& more = "") const {
    write(name + "/run", "#!/bin/sh\n");
    write(name + "/plugin.toml",
          "[plugin]\nname = \"" + name + "\"\nversion = \"1\"\nkind = \"exec\"\ncommand = [\"./run\"]\n" + more);
  }

 private:
  std::filesystem::path path_;
};

}  // namespace pw::source
