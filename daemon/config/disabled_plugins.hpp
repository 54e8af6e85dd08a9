#pragma once
/// The plugins that the administrator disabled: the file `plugins.disabled` beside the configuration file, with one
/// name per line and comments after '#'. Written by `presswatch plugin disable`. Functions block on the file system.

#include "core/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace pw::config {

/// The path of the file that belongs to a configuration file.
std::filesystem::path disabled_plugins_file(const std::filesystem::path& configuration);

/// The names in file order; empty if there is no such file.
std::vector<std::string> read_disabled_plugins(const std::filesystem::path& file);

/// Adds or removes one name and keeps every other line. Replaces the file atomically. Errc::io.
Result<void> set_plugin_disabled(const std::filesystem::path& file, const std::string& name, bool disabled);

}  // namespace pw::config
