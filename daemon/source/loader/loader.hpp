#pragma once
/// Every plugin that a program can use: the built-in ones and the packages of the configured directories.

#include "config/settings.hpp"
#include "source/registry.hpp"

#include <filesystem>

namespace pw::loader {

/// The built-in plugins and what can make plugins of packages; no package is read yet.
source::Registry make_registry(const config::PluginSettings& settings);

/// The same for the author's tools: native packages run in this process, whatever isolation they ask for, and from the
/// file itself, so that sanitizers find their symbols. For a child that may crash.
source::Registry make_trial_registry();

/// Reads the packages of the configured directories into `registry`. What may not be used is logged, and so is every
/// plugin that runs with the daemon's own rights; the daemon goes on.
void load_packages(source::Registry& registry, const config::PluginSettings& settings);

/// Both, by what the configuration file says of plugins.
source::Registry read_registry(const std::filesystem::path& file);

}  // namespace pw::loader
