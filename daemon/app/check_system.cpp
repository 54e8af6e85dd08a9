#include "app/check_system.hpp"

#include "app/check_state.hpp"
#include "bus/endpoint.hpp"
#include "ops/control_path.hpp"
#include "websub/callback_server.hpp"

#include <exception>
#include <utility>

namespace pw::app {
namespace {

using Problems = std::vector<config::Problem>;

void check_control(const config::MainSettings& settings, Problems& problems) {
  try {
    (void)ops::is_stale_socket(settings.daemon.control);
  } catch (const std::exception& error) {
    problems.push_back({settings.place_of("daemon.control"), error.what()});
  }
}

void check_bus(const config::MainSettings& settings, const Held& held, Problems& problems) {
  for (const auto& [setting, address] : {std::pair{"live", settings.bus.live}, {"log", settings.bus.log}}) {
    // An address that is none is an error of the configuration.
    if (held.has(address) || !bus::parse_endpoint(address)) continue;
    const auto free = bus::check_free(address, setting);
    if (!free) problems.push_back({settings.place_of(std::string("bus.") + setting), free.error().message});
  }
}

void check_websub(const config::MainSettings& settings, Problems& problems) {
  if (websub::wrong_address(settings.websub.listen)) return;
  try {
    websub::try_listen(settings.websub.listen);
  } catch (const std::exception& error) {
    problems.push_back({settings.place_of("websub.listen"), error.what()});
  }
}

}  // namespace

Problems check_system(const config::MainSettings& settings, const Held& held) {
  Problems out;
  check_state(settings, held.state == settings.daemon.state, out);
  if (!held.has(settings.daemon.control.string())) check_control(settings, out);
  check_bus(settings, held, out);
  if (settings.websub.on() && !held.has(settings.websub.listen)) check_websub(settings, out);
  return out;
}

}  // namespace pw::app
