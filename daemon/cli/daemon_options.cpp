#include "cli/daemon_options.hpp"

#include "cli/control_client.hpp"
#include "cli/endpoints.hpp"
#include "core/json/json_member.hpp"

namespace pw::cli {

void take_daemon(Arguments& arguments, DaemonOptions& options) {
  arguments.add("-c,--config", &options.config, "the configuration of the daemon to ask");
  arguments.add("--socket", &options.socket, "its control socket (default: from the configuration)");
  arguments.add("--json", &options.json, "the answer as JSON");
}

std::filesystem::path socket_for(const DaemonOptions& options, const boost::json::object& request) {
  if (!options.socket.empty()) return options.socket;
  std::filesystem::path socket = find_control(options.config);
  if (text_member(request, "cmd") != "reload") warn_of_mistakes(options.config);
  return socket;
}

int run_control(const DaemonOptions& options, const boost::json::object& request) {
  return run_control(request, socket_for(options, request), options.json);
}

}  // namespace pw::cli
