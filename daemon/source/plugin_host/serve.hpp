#pragma once
/// Serves one source of a plugin over the lines of proto/PLUGIN_EXEC.md, as a program of its own would.

#include "source/package.hpp"
#include "source/plugin.hpp"

#include <functional>
#include <string>

namespace pw::plugin_host {

/// Where the lines come from and go to. `read` gives the next line without its newline, false at the end.
struct Lines {
  std::function<bool(std::string& line)> read;
  std::function<void(const std::string& lines)> write;
};

/// Answers hello and then every call, until the lines end. Returns what went wrong: a line that breaks the protocol,
/// options that the plugin refuses. A call that fails is answered with its error and is no end.
Result<void> serve(const source::Plugin& plugin, const source::Package& package, const Lines& lines);

}  // namespace pw::plugin_host
