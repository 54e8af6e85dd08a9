#include "cli/running_daemon.hpp"

#include "cli/control_client.hpp"
#include "core/json/json_member.hpp"

#include <boost/json/object.hpp>

#include <exception>
#include <string>

namespace pw::cli {

std::optional<RunningDaemon> find_running(const std::filesystem::path& control) {
  try {
    const boost::json::object answer = ask_daemon("addresses", control);
    RunningDaemon out;
    out.process = static_cast<std::int64_t>(count_member(answer, "pid").value_or(0));
    if (out.process == 0) return std::nullopt;
    for (const char* key : {"control", "live", "log", "websub"}) {
      out.held.addresses.insert(std::string(text_member(answer, key)));
    }
    out.held.addresses.insert(control.string());
    out.held.state = std::string(text_member(answer, "state"));
    return out;
  } catch (const std::exception&) {
    return std::nullopt;  // nobody, or somebody else
  }
}

}  // namespace pw::cli
