#pragma once
/// Plugins without code: packages whose [source] table contains options for a built-in plugin.

#include "source/package.hpp"

#include <memory>

namespace pw::plugins {

/// Creates a plugin from a package of kind toml. In the texts of its [source] table, {NAME} stands for the value of the
/// option NAME that the manifest declares, percent-encoded in URLs unless the option itself has the type url.
/// Errc::config with all errors.
Result<source::Plugin> make_rules_plugin(const std::shared_ptr<const source::Package>& package);

}  // namespace pw::plugins
