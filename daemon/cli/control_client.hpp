#pragma once
/// The command's end of the daemon's control socket.

#include <boost/json/object.hpp>
#include <boost/system/system_error.hpp>

#include <filesystem>
#include <string>

namespace pw::cli {

/// Sends {"cmd": command} and gives the answer, which may be {"error": …}. Throws boost::system::system_error when
/// nobody answers on the socket; is_late() tells when somebody listens who does not answer in time.
boost::json::object ask_daemon(const std::string& command, const std::filesystem::path& socket);
/// Sends a whole request; its member "cmd" names the command.
boost::json::object ask_daemon(const boost::json::object& request, const std::filesystem::path& socket);
bool is_late(const boost::system::system_error& error);

/// The same for people: prints the answer, or what went wrong. Returns the exit code of the process.
int run_control(const boost::json::object& request, const std::filesystem::path& socket, bool json);

}  // namespace pw::cli
