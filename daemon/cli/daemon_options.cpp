#include "cli/daemon_options.hpp"

#include "cli/control_client.hpp"
#include "cli/endpoints.hpp"
#include "core/json/json_member.hpp"

#include <filesystem>

namespace pw::cli {

void take_daemon(Arguments& arguments, DaemonOptions& options) {
  arguments.add("-c,--config", &options.config, "the configuration of the daemon to ask");
  arguments.add("--socket", &options.socket, "its control socket (default: from the configuration)");
  arguments.add("--json", &options.json, "the answer as JSON");
}

int run_control(const DaemonOptions& options, const boost::json::object& request) {
  const std::filesystem::path socket =
      options.socket.empty() ? find_control(options.config) : std::filesystem::path(options.socket);
  if (options.socket.empty() && text_member(request, "cmd") != "reload") warn_of_mistakes(options.config);
  return run_control(request, socket, options.json);
}

}  // namespace pw::cli
