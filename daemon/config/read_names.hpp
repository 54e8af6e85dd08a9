#pragma once
/// Reads names.d/*.toml. Private to config/.

#include "config/table_reader.hpp"

namespace pw::config {

/// A names file has one table [names]: NAME = ["alias", …], or [names.NAME] with LANGUAGE = ["alias", …].
void read_names(const std::filesystem::path& file, Settings& settings, Problems& problems);

}  // namespace pw::config
