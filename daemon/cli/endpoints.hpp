#pragma once
/// Where the daemon that a configuration describes can be reached. With an empty path it is the default configuration,
/// or the built-in addresses where there is none: a user of the bus need not have one.
/// All of these throw config::ConfigError where the main file leaves in doubt what is asked for.

#include <filesystem>
#include <string>

namespace pw::cli {

/// The control socket.
std::filesystem::path find_control(const std::filesystem::path& config);

struct BusEndpoints {
  std::string live;
  std::string log;
};

BusEndpoints find_bus(const std::filesystem::path& config);

/// Says on standard error what is wrong in the configuration: the daemon that is about to be asked runs with an older
/// one.
void warn_of_mistakes(const std::filesystem::path& config);

}  // namespace pw::cli
