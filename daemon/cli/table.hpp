#pragma once
/// Tables for people that fit the terminal.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::cli {

struct Column {
  enum Kind : std::uint8_t {
    left,
    right,
    rest,  ///< the last one: has what is left of the line, and goes on below it
  };
  std::string name;
  Kind kind = left;
  unsigned rank = 0;  ///< where the lines are too short, the column with the highest rank is left out first; 0: never
};

/// Collects rows. Their cells must be printable.
class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// One cell for each column.
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

  /// The table in lines of at most `width` columns, if possible; 0: as wide as it is. The last line names the columns
  /// that were left out.
  [[nodiscard]] std::string text(std::size_t width) const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// The width of standard output: that of its terminal, or COLUMNS if that is set; 0 if there is none.
std::size_t terminal_width();

/// "2026-03-01 15:20Z" for "2026-03-01T15:20:00.250Z"; other texts are returned as they are.
std::string short_time(std::string_view time);

/// The columns that a text takes on a terminal: ideographs take two, combining marks none.
std::size_t display_width(std::string_view text);

}  // namespace pw::cli
