#pragma once
/// Turns configuration files into a Configuration.

#include "pipeline/configuration.hpp"

#include <filesystem>
#include <memory>
#include <stop_token>

namespace pw::app {

/// Reads, checks and compiles the configuration, and loads the plugin packages. What has not changed since `before` is
/// shared; nullptr: everything is new. Blocks on the file system and computes; any thread, one at a time. Throws
/// config::ConfigError with every error found, of files, values, queries and sources, and std::runtime_error once a
/// stop is requested.
std::shared_ptr<const pipeline::Configuration> load_configuration(const std::filesystem::path& file,
                                                                  const pipeline::Configuration* before = nullptr,
                                                                  const std::stop_token& stop = {});

}  // namespace pw::app
