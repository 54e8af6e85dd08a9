#pragma once
/// All plugins available to a program: the built-in ones and the packages in the configured directories.

#include "config/settings.hpp"
#include "source/registry.hpp"

#include <filesystem>

namespace pw::loader {

/// A registry with the built-in plugins and the loaders for packages; no packages are loaded yet.
source::Registry make_registry(const config::PluginSettings& settings);

/// The same for developer tools: native packages run in this process, regardless of their isolation setting, and are
/// loaded from the file itself, so that sanitizers find their symbols. Use it in a child process that may crash.
source::Registry make_trial_registry();

/// Loads the packages in the configured directories into `registry`. Logs every package that is rejected and every
/// plugin that runs with the daemon's permissions; never fails. Blocks on the file system.
void load_packages(source::Registry& registry, const config::PluginSettings& settings);

/// Logs a warning if this machine cannot sandbox the code of plugin packages, whether or not there are any yet.
void warn_without_isolation();

/// A registry with its packages, according to the [plugins] section of a configuration file.
source::Registry read_registry(const std::filesystem::path& file);

}  // namespace pw::loader
