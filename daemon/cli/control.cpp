#include "cli/daemon_options.hpp"
#include "cli/verb.hpp"

#include <memory>
#include <string>

namespace pw::cli {
namespace {

Run asking(Arguments& arguments, const std::string& command) {
  auto in = std::make_shared<DaemonOptions>();
  take_daemon(arguments, *in);
  return [in, command] { return run_control(*in, {{"cmd", command}}); };
}

}  // namespace

Run sources_verb(Arguments& arguments) { return asking(arguments, "sources"); }

Run reload_verb(Arguments& arguments) { return asking(arguments, "reload"); }

}  // namespace pw::cli
