#pragma once
/// The plugins that the administrator switched off: `plugins.disabled` beside the configuration file, a name a line,
/// '#' begins a comment. `presswatch plugin disable` writes it. Blocks on the file system.

#include "core/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace pw::config {

/// The file that belongs to a configuration file.
std::filesystem::path disabled_plugins_file(const std::filesystem::path& configuration);

/// The names in it, in order; none where there is no such file.
std::vector<std::string> read_disabled_plugins(const std::filesystem::path& file);

/// Adds or takes out one name and keeps every other line. The file changes as a whole or not at all. Errc::io.
Result<void> set_plugin_disabled(const std::filesystem::path& file, const std::string& name, bool disabled);

}  // namespace pw::config
