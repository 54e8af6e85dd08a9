#pragma once
/// Shared by the verbs that change watchlists.

#include "config/settings.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace pw::cli {

/// Loads the whole configuration, and warns of folders that do not exist yet. Throws config::ConfigError.
config::Settings load_settings(const std::filesystem::path& config);

/// Adds the watchlists in `text`, the future content of `file`, to the settings and compiles all of them. Throws
/// config::ConfigError with the errors.
void check_new_lists(std::string_view text, const std::filesystem::path& file, config::Settings& settings);

/// Reloads the daemon if it is running and reports this on stdout. Returns kExitFailed if the daemon refuses.
int reload_daemon(const config::Settings& settings);

}  // namespace pw::cli
