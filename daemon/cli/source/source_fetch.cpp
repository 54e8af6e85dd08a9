#include "cli/control_client.hpp"
#include "cli/endpoints.hpp"
#include "cli/verb.hpp"

#include <boost/json/value_from.hpp>

#include <memory>
#include <string>
#include <vector>

namespace pw::cli {
namespace {

struct FetchOptions {
  std::vector<std::string> ids;
  std::string config;  ///< of the daemon; empty: the default one
  std::string socket;
  bool json = false;
};

}  // namespace

Run source_fetch_verb(Arguments& arguments) {
  auto in = std::make_shared<FetchOptions>();
  arguments.add("id", &in->ids, "the ids of the sources").required = true;
  arguments.add("-c,--config", &in->config, "the configuration of the daemon to ask");
  arguments.add("--socket", &in->socket, "its control socket, if not the configuration's");
  arguments.add("--json", &in->json, "the answer as JSON");
  return [in] {
    const std::filesystem::path socket =
        in->socket.empty() ? find_control(in->config) : std::filesystem::path(in->socket);
    if (in->socket.empty()) warn_of_mistakes(in->config);
    return run_control({{"cmd", "fetch"}, {"sources", boost::json::value_from(in->ids)}}, socket, in->json);
  };
}

}  // namespace pw::cli
