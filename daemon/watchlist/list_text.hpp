#pragma once
/// Writes watchlists as TOML, and generates ids. Pure functions; any thread.

#include "config/settings.hpp"

#include <set>
#include <string>
#include <string_view>

namespace pw::watchlist {

/// A [[watchlist]] table that `config` reads back to the same values. Omits defaults, names and source positions.
std::string to_toml(const config::WatchlistSettings& list);

/// A TOML string; in single quotes if possible, because queries contain many double quotes.
std::string toml_string(std::string_view text);

/// Generates an id from a title in any script: Latin letters and digits, with - between words, and a numeric suffix if
/// the id is `taken`. Never empty.
std::string make_id(std::string_view title, const std::set<std::string, std::less<>>& taken);

}  // namespace pw::watchlist
