#pragma once
/// The references of the configuration files, by the names that `presswatch config` accepts.

#include "config/keys/describe.hpp"

#include <array>
#include <string_view>
#include <vector>

namespace pw::cli {

inline constexpr std::array<std::string_view, 5> kConfigFiles{"main", "sources", "watchlists", "names", "plugin"};

/// The references of the files, in the order of kConfigFiles.
std::vector<config::FileReference> config_references();

}  // namespace pw::cli
