#pragma once
/// What an import gives: all of its lists, or every reason why it gives none.

#include "config/settings.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pw::watchlist {

using Ids = std::set<std::string, std::less<>>;

struct Imported {
  struct Problem {
    std::size_t line = 0;  ///< of the imported file
    std::string message;   ///< may quote the file: for printing, not yet escaped
  };

  std::vector<config::WatchlistSettings> lists;  ///< place.line is the line that each came from
  std::vector<Problem> problems;
};

/// A table with a row of names first: query or keywords, and any of the other keys of a watchlist. Several values in a
/// cell are separated by ; or |. Rows without an id get one that is not `taken`. `group` is that of rows without one.
Imported import_csv(std::string_view text, const Ids& taken, std::string_view group);

/// An alert a line, as people paste them from alert services (alert_query.hpp). Empty lines and lines that begin with #
/// are passed over.
Imported import_lines(std::string_view text, const Ids& taken, std::string_view group);

}  // namespace pw::watchlist
