#pragma once
/// Where the daemon that a configuration describes can be reached.

#include <filesystem>
#include <string>

namespace pw::cli {

struct Endpoints {
  std::string live;
  std::string log;
  std::filesystem::path control;
};

/// Those of the configuration file. Throws config::ConfigError with what is wrong in it. With an empty path those of
/// the default configuration, or the built-in ones where that cannot be read: a user of the bus need not be able to.
Endpoints find_endpoints(const std::filesystem::path& config);

}  // namespace pw::cli
