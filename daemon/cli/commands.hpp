#pragma once
/// The verbs of `presswatch`, a file each. Every one returns the exit code of the process.

#include <filesystem>
#include <optional>
#include <string>

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

struct TailOptions {
  std::string live;
  std::string log;
  std::string topic;                 ///< one watchlist; empty: all
  std::optional<std::string> since;  ///< a duration: begin with the alerts of that time
  bool json = false;
  bool colour = true;
  std::size_t count = 0;  ///< end after so many alerts; 0: never
};

/// Follows alerts on stdout until it is interrupted.
int run_tail(const TailOptions& options);

/// Reads the whole configuration and names every mistake.
int run_check(const std::filesystem::path& config);

struct TryOptions {
  std::string target;  ///< a URL, or a file
  std::filesystem::path config;
  std::string url;             ///< of a file: where it would be
  std::string source;          ///< id of the source that it is taken to be from; empty: of none
  bool allow_private = false;  ///< let the address guard pass loopback and private networks
  bool json = false;
  bool colour = true;
};

/// Fetch, extract, match, and what came of each.
int run_try(const TryOptions& options);

/// Sends {"cmd": …} to the daemon and prints the answer.
int run_control(const std::string& command, const std::filesystem::path& socket, bool json);

}  // namespace pw::cli
