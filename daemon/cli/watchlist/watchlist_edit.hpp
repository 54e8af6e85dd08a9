#pragma once
/// What the verbs that change watchlists have in common.

#include "config/settings.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace pw::cli {

/// The whole configuration. Throws config::ConfigError.
config::Settings load_settings(const std::filesystem::path& config);

/// Adds the watchlists of a text that is to become `file` to the settings and compiles all of them. Throws
/// config::ConfigError with what is wrong.
void check_new_lists(std::string_view text, const std::filesystem::path& file, config::Settings& settings);

/// Has the daemon read the changed files, where one runs, and says so on stdout. kExitFailed when it refuses.
int reload_daemon(const config::Settings& settings);

}  // namespace pw::cli
