#include "cli/commands.hpp"
#include "cli/control_client.hpp"
#include "cli/daemon_options.hpp"
#include "cli/status_screen.hpp"
#include "cli/verb.hpp"
#include "core/json/json_member.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <sys/timex.h>

#include <iostream>
#include <memory>

namespace pw::cli {
namespace {

/// Whether a time service keeps the clock of this machine. The daemon cannot tell: its sandbox forbids the call.
bool is_clock_synchronised() {
  ::timex query{};
  return ::adjtimex(&query) != TIME_ERROR && (query.status & STA_UNSYNC) == 0;
}

int show_status(const DaemonOptions& options) {
  const boost::json::object request{{"cmd", "status"}};
  int exit_code = kExitOk;
  auto answer = ask_or_report(request, socket_for(options, request), exit_code);
  if (!answer) return exit_code;
  if (boost::json::value* clock = answer->if_contains("clock"); clock != nullptr && clock->is_object()) {
    clock->get_object()["synchronised"] = is_clock_synchronised();
  }
  std::cout << (options.json ? boost::json::serialize(*answer) + '\n' : status_screen(*answer));
  const boost::json::array* attention = array_member(*answer, "attention");
  return attention == nullptr || attention->empty() ? kExitOk : kExitFailed;
}

}  // namespace

Run status_verb(Arguments& arguments) {
  auto in = std::make_shared<DaemonOptions>();
  take_daemon(arguments, *in);
  arguments.footer = "The exit status is 1 if something needs a person.";
  return [in] { return show_status(*in); };
}

}  // namespace pw::cli
