#pragma once
/// Plugins without code: a package whose [source] table fills the options of a built-in plugin.

#include "source/package.hpp"

#include <memory>

namespace pw::plugins {

/// A package of kind toml. In the texts of its [source], {NAME} stands for the option NAME that the manifest declares;
/// within an address it is percent-encoded, unless the option is itself of type url. Errc::config with every mistake.
Result<source::Plugin> make_rules_plugin(const std::shared_ptr<const source::Package>& package);

}  // namespace pw::plugins
