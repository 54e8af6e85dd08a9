#pragma once
/// Imports watchlists from files. An import is all or nothing. Pure functions; any thread.

#include "config/settings.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pw::watchlist {

using Ids = std::set<std::string, std::less<>>;

/// The result: all lists, or every reason why the file was rejected.
struct Imported {
  struct Problem {
    std::size_t line = 0;  ///< line in the imported file
    std::string message;   ///< may quote the file; not escaped for printing
  };

  std::vector<config::WatchlistSettings> lists;  ///< place.line is the line that the list came from
  std::vector<Problem> problems;
};

/// Imports a table whose first row contains column names: query or keywords, and any other keys of a watchlist.
/// Multiple values in a cell are separated by ; or |. Rows without an id get one that is not in `taken`; rows without a
/// group get `group`.
Imported import_csv(std::string_view text, const Ids& taken, std::string_view group);

/// Imports one alert per line, as copied from alert services (alert_query.hpp). Skips empty lines and lines that start
/// with #.
Imported import_lines(std::string_view text, const Ids& taken, std::string_view group);

}  // namespace pw::watchlist
