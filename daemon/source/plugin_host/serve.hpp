#pragma once
/// Serves one source of a plugin with the protocol of proto/PLUGIN_EXEC.md, like an executable plugin.

#include "source/package.hpp"
#include "source/plugin.hpp"

#include <functional>
#include <string>

namespace pw::plugin_host {

/// The transport. `read` returns the next line without its newline, or false at the end.
struct Lines {
  std::function<bool(std::string& line)> read;
  std::function<void(const std::string& lines)> write;
};

/// Replies to hello and to every call, until the input ends. Fails on protocol violations, and if the plugin rejects
/// its options. A failed call is reported to the caller and does not end the session. Blocks.
Result<void> serve(const source::Plugin& plugin, const source::Package& package, const Lines& lines);

}  // namespace pw::plugin_host
