#pragma once
/// Reads sources.d/*.toml. Private to config/.

#include "config/table_reader.hpp"

namespace pw::config {

void read_sources(const std::filesystem::path& file, const PluginOptions& plugins, Settings& settings,
                  Problems& problems);

/// True for [a-z0-9._-]{1,64}, the form of source and watchlist ids.
bool is_id(std::string_view text);

}  // namespace pw::config
