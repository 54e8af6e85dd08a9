#include "cli/plugin/sdk_files.hpp"

#include <system_error>

namespace pw::cli {
namespace {

namespace fs = std::filesystem;

/// `installed` is relative to the prefix, `built` to the source tree.
fs::path find(const fs::path& installed, const fs::path& built, const fs::path& proof = "") {
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  for (const fs::path& one :
       {program.parent_path() / installed, program.parent_path().parent_path().parent_path() / built}) {
    if (fs::exists(proof.empty() ? one : one / proof, ignored)) return one;
  }
  return {};
}

}  // namespace

fs::path sdk_python_library() {
  return find("share/presswatch/python/presswatch_plugin.py", "plugins/sdk/python/presswatch_plugin.py");
}

fs::path sdk_include_folder() { return find("include", "plugins/sdk", "presswatch/plugin.h"); }

fs::path sdk_cmake_folder() { return find("share/cmake/presswatch", "plugins/sdk/cmake", "presswatch-config.cmake"); }

}  // namespace pw::cli
