#pragma once
/// Tables as spreadsheets save them.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pw::watchlist {

struct CsvRow {
  std::size_t line = 0;  ///< on which it begins; 1 is the first
  std::vector<std::string> cells;
};

struct CsvProblem {
  std::size_t line = 0;
  std::string message;
};

/// RFC 4180, with a byte order mark, lone LF or CR, and empty lines forgiven. The separator is the one of , ; and tab
/// that the first row has most of. Cells are trimmed.
struct Csv {
  std::vector<CsvRow> rows;
  std::optional<CsvProblem> problem;  ///< a quote that is never closed, or is followed by text: nothing behind is read
};

Csv read_csv(std::string_view text);

}  // namespace pw::watchlist
