#pragma once
/// Sources and tags that queries name. Any thread.

#include "config/load.hpp"
#include "config/settings.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace pw::watchlist {

/// Reports every source: and tag: in a query of an enabled watchlist that names no source and no tag there is: no
/// article can match it. Queries that cannot be parsed are skipped.
void check_source_terms(const config::Settings& settings, std::vector<config::Problem>& problems);

/// The position of a byte of a query that begins at `begin`.
config::Place place_in_query(config::Place begin, std::string_view query, std::size_t offset);

}  // namespace pw::watchlist
