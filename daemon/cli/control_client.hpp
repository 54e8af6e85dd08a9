#pragma once
/// Client of the daemon's control socket.

#include <boost/json/object.hpp>
#include <boost/system/system_error.hpp>

#include <filesystem>
#include <string>

namespace pw::cli {

/// Sends {"cmd": command} and returns the reply, which may be {"error": …}. Blocks for a limited time. Throws
/// boost::system::system_error when there is no reply; is_late() tells a timeout from other failures.
boost::json::object ask_daemon(const std::string& command, const std::filesystem::path& socket);
/// Sends a whole request; its member "cmd" names the command.
boost::json::object ask_daemon(const boost::json::object& request, const std::filesystem::path& socket);
bool is_late(const boost::system::system_error& error);

/// Reports the error of a reply. Returns kExitConfig if the daemon refused its configuration, else kExitFailed.
int report_error(const boost::json::object& answer);

/// Same as ask_daemon(), but prints the reply or the error. Returns the exit code of the process.
int run_control(const boost::json::object& request, const std::filesystem::path& socket, bool json);

}  // namespace pw::cli
