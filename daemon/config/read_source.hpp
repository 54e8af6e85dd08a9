#pragma once
/// Reads sources.d/*.toml. Private to config/.

#include "config/table_reader.hpp"

namespace pw::config {

void read_sources(const std::filesystem::path& file, const PluginOptions& plugins, Settings& settings,
                  Problems& problems);

}  // namespace pw::config
