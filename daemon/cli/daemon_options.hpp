#pragma once
/// What the verbs that ask the running daemon share.

#include "cli/verb.hpp"

#include <boost/json/object.hpp>

#include <filesystem>
#include <string>

namespace pw::cli {

/// Where the daemon is, and how its answer is printed.
struct DaemonOptions {
  std::string config;  ///< of the daemon; empty: the default one
  std::string socket;
  bool json = false;
};

void take_daemon(Arguments& arguments, DaemonOptions& options);

/// The daemon's control socket. Errors in the daemon's configuration are reported, except on reload, which reports them
/// itself.
std::filesystem::path socket_for(const DaemonOptions& options, const boost::json::object& request);

/// Sends the request and prints the answer. Errors in the daemon's configuration are reported first, except on reload,
/// which reports them itself. Returns the exit code of the process.
int run_control(const DaemonOptions& options, const boost::json::object& request);

}  // namespace pw::cli
