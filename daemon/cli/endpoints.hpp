#pragma once
/// Addresses of the daemon that a configuration describes. An empty path means the default configuration, or the
/// built-in addresses if there is none: a client of the bus does not need one. These functions throw
/// config::ConfigError when errors in the main file make the address uncertain.

#include <filesystem>
#include <string>

namespace pw::cli {

/// The control socket.
std::filesystem::path find_control(const std::filesystem::path& config);

/// The database.
std::filesystem::path find_database(const std::filesystem::path& config);

struct BusEndpoints {
  std::string live;
  std::string log;
};

BusEndpoints find_bus(const std::filesystem::path& config);

/// Reports errors in the configuration on standard error: a running daemon must be using an older version of it.
void warn_of_mistakes(const std::filesystem::path& config);

}  // namespace pw::cli
