#pragma once
/// Shared by all verbs of `presswatch`: exit codes and the default configuration.

#include <filesystem>
#include <optional>

namespace pw::cli {

/// Documented in --help.
enum ExitCode : int {
  kExitOk = 0,
  kExitFailed = 1,    ///< the operation failed: unreachable, unreadable, no daemon; `status`: a person is needed
  kExitUsage = 2,     ///< invalid command line
  kExitNoMatch = 3,   ///< `try`, `query explain --on`: the article was read but does not match
  kExitDamaged = 74,  ///< `backup`, `restore`, `check-store`: the database is damaged
  kExitConfig = 78,   ///< the configuration has errors
};

/// The default configuration: $PRESSWATCH_CONFIG, or else the first of /etc/presswatch/presswatch.toml and
/// config/presswatch.toml (in the current folder, then in the source tree of this build) that exists. A file that
/// cannot be accessed counts as existing.
std::optional<std::filesystem::path> find_config();

/// Same, but falls back to /etc/presswatch/presswatch.toml.
std::filesystem::path default_config();

}  // namespace pw::cli
