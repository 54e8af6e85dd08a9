#include "cli/commands.hpp"

#include <array>
#include <cstdlib>
#include <system_error>

namespace pw::cli {
namespace {

constexpr const char* kInstalled = "/etc/presswatch/presswatch.toml";

}  // namespace

std::optional<std::filesystem::path> find_config() {
  namespace fs = std::filesystem;
  // NOLINTNEXTLINE(concurrency-mt-unsafe): the command has one thread
  if (const char* named = std::getenv("PRESSWATCH_CONFIG")) return named;
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  // In a source tree the program is build/<preset>/bin/presswatch.
  const fs::path tree = program.parent_path().parent_path().parent_path().parent_path();
  for (const fs::path& candidate :
       std::array{fs::path(kInstalled), fs::path("config/presswatch.toml"), tree / "config" / "presswatch.toml"}) {
    if (fs::status(candidate, ignored).type() != fs::file_type::not_found) return candidate;
  }
  return std::nullopt;
}

std::filesystem::path default_config() { return find_config().value_or(kInstalled); }

}  // namespace pw::cli
