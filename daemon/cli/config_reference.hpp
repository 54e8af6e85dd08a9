#pragma once
/// The references of the configuration files, by the names that `presswatch config` accepts.

#include "config/keys/describe.hpp"

#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::cli {

inline constexpr std::array<std::string_view, 5> kConfigFiles{"main", "sources", "watchlists", "names", "plugin"};

/// What else they may be called: the name, and the one in kConfigFiles.
inline constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kOtherNames{
    {{"source", "sources"}, {"watchlist", "watchlists"}, {"name", "names"}, {"package", "plugin"}}};

/// The references of the files, in the order of kConfigFiles.
std::vector<config::FileReference> config_references();

}  // namespace pw::cli
