#include "cli/table.hpp"

#include "core/text.hpp"

#include <sys/ioctl.h>
#include <unicode/uchar.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <system_error>

namespace pw::cli {
namespace {

constexpr std::size_t kGap = 2;         // between columns
constexpr std::size_t kLeastRest = 20;  // for the column that has the rest of a line

std::string spaces(std::size_t count) { return std::string(count, ' '); }

std::string padded(const std::string& text, std::size_t width, Column::Kind kind) {
  const std::size_t used = display_width(text);
  const std::string fill = spaces(width > used ? width - used : 0);
  return kind == Column::right ? fill + text : text + fill;
}

/// Takes words that fit the width off the text; a single word that does not fit is taken whole.
std::string take_line(std::string_view& text, std::size_t width) {
  std::size_t end = 0;
  while (end < text.size()) {
    const std::size_t next = std::min(text.find(' ', end + 1), text.size());
    if (end > 0 && display_width(text.substr(0, next)) > width) break;
    end = next;
  }
  std::string line(text.substr(0, end));
  text = trim(text.substr(end));
  return line;
}

/// The choice of columns for a width.
class Layout {
 public:
  Layout(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows, std::size_t width)
      : columns_(columns), width_(width), shown_(columns.size(), true) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      widths_.push_back(display_width(columns[i].name));
      for (const auto& row : rows) widths_[i] = std::max(widths_[i], display_width(row[i]));
    }
    while (width_ > 0 && least_width() > width_) {
      const auto least = least_important();
      if (!least) break;
      shown_[*least] = false;
    }
  }

  [[nodiscard]] std::string line(const std::vector<std::string>& cells) const {
    std::string out;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (!shown_[i]) continue;
      if (columns_[i].kind == Column::rest) return out + rest(cells[i], display_width(out));
      out += padded(cells[i], widths_[i], columns_[i].kind) + spaces(kGap);
    }
    out.resize(out.find_last_not_of(' ') + 1);
    return out + '\n';
  }

  [[nodiscard]] std::string left_out() const {
    std::string out;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (!shown_[i]) out += (out.empty() ? "" : ", ") + columns_[i].name;
    }
    return out;
  }

 private:
  [[nodiscard]] std::size_t least_width() const {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (!shown_[i]) continue;
      sum += columns_[i].kind == Column::rest ? std::min(widths_[i], kLeastRest) : widths_[i] + kGap;
    }
    return sum;
  }

  [[nodiscard]] std::optional<std::size_t> least_important() const {
    std::optional<std::size_t> out;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (!shown_[i] || columns_[i].rank == 0) continue;
      if (!out || columns_[i].rank > columns_[*out].rank) out = i;
    }
    return out;
  }

  [[nodiscard]] std::string rest(std::string_view text, std::size_t indent) const {
    const std::size_t room = width_ > indent + kLeastRest ? width_ - indent : kLeastRest;
    if (width_ == 0) return std::string(text) + '\n';
    std::string out = take_line(text, room) + '\n';
    while (!text.empty()) out += spaces(indent) + take_line(text, room) + '\n';
    return out;
  }

  const std::vector<Column>& columns_;
  std::size_t width_;
  std::vector<bool> shown_;
  std::vector<std::size_t> widths_;
};

}  // namespace

std::string Table::text(std::size_t width) const {
  const Layout layout(columns_, rows_, width);
  std::vector<std::string> names;
  for (const Column& column : columns_) names.push_back(column.name);
  std::string out = layout.line(names);
  for (const auto& row : rows_) out += layout.line(row);
  if (const std::string missing = layout.left_out(); !missing.empty()) {
    const std::string note = "not shown in lines this short: " + missing + " (--json has everything)";
    for (std::string_view left = note; !left.empty();) out += take_line(left, width) + '\n';
  }
  return out;
}

std::size_t terminal_width() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): the command has one thread
  if (const char* given = std::getenv("COLUMNS")) {
    const std::string_view text = given;
    std::size_t width = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), width).ec == std::errc{}) return width;
  }
  winsize size{};
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

std::string short_time(std::string_view time) {
  constexpr std::size_t kMinutes = 16;  // of "2026-03-01T15:20"
  if (time.size() <= kMinutes || time[10] != 'T' || !time.ends_with('Z')) return std::string(time);
  std::string out(time.substr(0, kMinutes));
  out[10] = ' ';
  return out + 'Z';
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    const auto c = static_cast<UChar32>(next_code_point(text, pos));
    const int kind = u_charType(c);
    if (kind == U_NON_SPACING_MARK || kind == U_ENCLOSING_MARK || kind == U_FORMAT_CHAR) continue;
    const int east = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    width += east == U_EA_WIDE || east == U_EA_FULLWIDTH ? 2 : 1;
  }
  return width;
}

}  // namespace pw::cli
