#pragma once
/// A watchlist as a person would write it in a file, and names for lists that come without one.

#include "config/settings.hpp"

#include <set>
#include <string>
#include <string_view>

namespace pw::watchlist {

/// A [[watchlist]] table that config reads back to the same values. What is a default is left out; names and places are
/// not written.
std::string to_toml(const config::WatchlistSettings& list);

/// The text as a TOML string, in '' where that is possible, for queries are full of ".
std::string toml_string(std::string_view text);

/// An id made of a title: Latin letters and digits, whatever script it is in, with - between words; with a number at
/// the end where it is `taken`. Never empty.
std::string make_id(std::string_view title, const std::set<std::string, std::less<>>& taken);

}  // namespace pw::watchlist
