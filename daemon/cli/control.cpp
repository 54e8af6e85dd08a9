#include "cli/control_client.hpp"
#include "cli/endpoints.hpp"
#include "cli/verb.hpp"

#include <memory>
#include <string>

namespace pw::cli {
namespace {

struct ControlOptions {
  std::string config;  ///< of the daemon; empty: the default one
  std::string socket;
  bool json = false;
};

Run asking(Arguments& arguments, const std::string& command) {
  auto in = std::make_shared<ControlOptions>();
  arguments.add("-c,--config", &in->config, "the configuration of the daemon to ask");
  arguments.add("--socket", &in->socket, "its control socket, if not the configuration's");
  arguments.add("--json", &in->json, "the answer as JSON");
  return [in, command] {
    const std::filesystem::path socket =
        in->socket.empty() ? find_control(in->config) : std::filesystem::path(in->socket);
    // On reload, the daemon itself reports the errors.
    if (in->socket.empty() && command != "reload") warn_of_mistakes(in->config);
    return run_control({{"cmd", command}}, socket, in->json);
  };
}

}  // namespace

Run sources_verb(Arguments& arguments) { return asking(arguments, "sources"); }

Run status_verb(Arguments& arguments) { return asking(arguments, "status"); }

Run reload_verb(Arguments& arguments) { return asking(arguments, "reload"); }

}  // namespace pw::cli
