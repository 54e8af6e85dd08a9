#pragma once
/// The configuration files of presswatch, by the names under which `presswatch config` knows them.

#include "config/keys/describe.hpp"

#include <array>
#include <string_view>
#include <vector>

namespace pw::cli {

inline constexpr std::array<std::string_view, 5> kConfigFiles{"main", "sources", "watchlists", "names", "plugin"};

/// The references of the files, by the order of kConfigFiles.
std::vector<config::FileReference> config_references();

}  // namespace pw::cli
