#include "cli/commands.hpp"

#include <array>
#include <cstdlib>
#include <system_error>

namespace pw::cli {

std::filesystem::path default_config() {
  namespace fs = std::filesystem;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): the command has one thread
  if (const char* named = std::getenv("PRESSWATCH_CONFIG")) return named;
  fs::path installed = "/etc/presswatch/presswatch.toml";
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  // build/<preset>/bin/presswatch in a source tree
  const fs::path tree = program.parent_path().parent_path().parent_path().parent_path();
  for (const fs::path& candidate :
       std::array{installed, fs::path("config/presswatch.toml"), tree / "config" / "presswatch.toml"}) {
    if (fs::exists(candidate, ignored)) return candidate;
  }
  return installed;
}

}  // namespace pw::cli
