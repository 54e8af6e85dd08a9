#pragma once
/// The command's end of the daemon's control socket.

#include <boost/json/object.hpp>

#include <filesystem>
#include <string>

namespace pw::cli {

/// Sends {"cmd": command} and gives the answer, which may be {"error": …}. Throws boost::system::system_error when
/// nobody answers on the socket.
boost::json::object ask_daemon(const std::string& command, const std::filesystem::path& socket);

}  // namespace pw::cli
