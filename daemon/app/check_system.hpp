#pragma once
/// Whether this machine has what a start needs. The start and `presswatch check` ask the same.

#include "config/load.hpp"
#include "config/settings.hpp"

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace pw::app {

/// What the daemon of this configuration holds already. Empty: it does not run.
struct Held {
  std::set<std::string> addresses;  ///< endpoints, ADDRESS:PORT of websub, and the path of the control socket
  std::filesystem::path state;      ///< its state folder

  [[nodiscard]] bool has(const std::string& address) const { return addresses.contains(address); }
};

/// Everything for which a start would fail now: the state folder and its files, the control socket, the addresses of
/// the bus and of WebSub. Leaves out what is held. Changes nothing. Blocks on the file system; any thread.
std::vector<config::Problem> check_system(const config::MainSettings& settings, const Held& held = {});

}  // namespace pw::app
