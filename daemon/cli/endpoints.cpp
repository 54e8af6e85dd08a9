#include "cli/endpoints.hpp"

#include "cli/commands.hpp"
#include "config/load.hpp"
#include "loader/loader.hpp"

namespace pw::cli {
namespace {

Endpoints endpoints_of(const config::Settings& settings) {
  return {settings.bus.live, settings.bus.log, settings.daemon.control};
}

}  // namespace

Endpoints find_endpoints(const std::filesystem::path& config) {
  if (!config.empty()) return endpoints_of(config::load(config, loader::read_registry(config).options()));
  try {
    return endpoints_of(config::load(default_config(), loader::read_registry(default_config()).options()));
  } catch (const config::ConfigError&) {
    return endpoints_of(config::Settings{});
  }
}

}  // namespace pw::cli
