#pragma once
/// Parses CSV tables as saved by spreadsheets. Pure; any thread.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pw::watchlist {

/// A row of a table.
struct CsvRow {
  std::size_t line = 0;  ///< line on which it starts; the first line is 1
  std::vector<std::string> cells;
};

/// Why a table could not be parsed.
struct CsvProblem {
  std::size_t line = 0;
  std::string message;
};

/// The result of parsing. Follows RFC 4180, but also accepts a byte order mark, single LF or CR, and empty lines. The
/// separator is the most frequent one of comma, semicolon and tab in the first row. Cells are trimmed.
struct Csv {
  std::vector<CsvRow> rows;
  std::optional<CsvProblem> problem;  ///< an unclosed quote, or text after a closing quote; nothing after it is read
};

Csv read_csv(std::string_view text);

}  // namespace pw::watchlist
