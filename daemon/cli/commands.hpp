#pragma once
/// What all verbs of `presswatch` share: exit codes, and where the configuration is.

#include <filesystem>
#include <optional>

namespace pw::cli {

/// What --help documents.
enum ExitCode : int {
  kExitOk = 0,
  kExitFailed = 1,   ///< it could not be done: unreachable, unreadable, no daemon
  kExitUsage = 2,    ///< the command line is wrong
  kExitNoMatch = 3,  ///< `try`, `query explain --on`: the article was read, and nothing matches it
  kExitConfig = 78,  ///< the configuration has errors
};

/// Where the configuration is, when it is not said: $PRESSWATCH_CONFIG, or the first that is there of
/// /etc/presswatch/presswatch.toml and config/presswatch.toml, here or in the source tree that the program was built
/// in. One that may not be looked at is there.
std::optional<std::filesystem::path> find_config();

/// The same; /etc/presswatch/presswatch.toml where there is none.
std::filesystem::path default_config();

}  // namespace pw::cli
