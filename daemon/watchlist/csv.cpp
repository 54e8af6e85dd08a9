#include "watchlist/csv.hpp"

#include "core/text.hpp"

#include <algorithm>

namespace pw::watchlist {
namespace {

/// Counts only outside quotes, so that commas in the first title do not matter.
char find_separator(std::string_view text) {
  std::size_t commas = 0;
  std::size_t semicolons = 0;
  std::size_t tabs = 0;
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    commas += c == ',' ? 1 : 0;
    semicolons += c == ';' ? 1 : 0;
    tabs += c == '\t' ? 1 : 0;
  }
  if (tabs > commas && tabs > semicolons) return '\t';
  return semicolons > commas ? ';' : ',';
}

class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text), separator_(find_separator(text)) {}

  Csv run() {
    Csv out;
    while (pos_ < text_.size() && !out.problem) {
      CsvRow row;
      row.line = line_;
      out.problem = read_row(row);
      const bool empty = std::ranges::all_of(row.cells, [](const std::string& cell) { return cell.empty(); });
      if (!empty && !out.problem) out.rows.push_back(std::move(row));
    }
    return out;
  }

 private:
  [[nodiscard]] bool at_end_of_row() const {
    return pos_ >= text_.size() || text_[pos_] == '\n' || text_[pos_] == '\r';
  }

  void end_row() {
    if (pos_ < text_.size() && text_[pos_] == '\r') ++pos_;
    if (pos_ < text_.size() && text_[pos_] == '\n') ++pos_;
    ++line_;
  }

  std::optional<CsvProblem> read_row(CsvRow& row) {
    while (true) {
      std::string cell;
      if (auto problem = read_cell(cell)) return problem;
      row.cells.emplace_back(trim(cell));
      if (at_end_of_row()) break;
      ++pos_;  // the separator
    }
    end_row();
    return std::nullopt;
  }

  std::optional<CsvProblem> read_cell(std::string& out) {
    while (!at_end_of_row() && text_[pos_] == ' ') ++pos_;
    if (at_end_of_row() || text_[pos_] != '"') {
      while (!at_end_of_row() && text_[pos_] != separator_) out += text_[pos_++];
      return std::nullopt;
    }
    const std::size_t opened = line_;
    ++pos_;
    while (true) {
      if (pos_ >= text_.size()) return CsvProblem{opened, "missing closing \""};
      const char c = text_[pos_++];
      if (c == '\n') ++line_;
      if (c != '"') {
        out += c;
      } else if (pos_ < text_.size() && text_[pos_] == '"') {
        out += text_[pos_++];
      } else {
        break;
      }
    }
    while (!at_end_of_row() && text_[pos_] == ' ') ++pos_;
    if (!at_end_of_row() && text_[pos_] != separator_) {
      return CsvProblem{line_, "text after a closing \"; inside a cell, \" is written as \"\""};
    }
    return std::nullopt;
  }

  std::string_view text_;
  char separator_;
  std::size_t pos_ = 0;
  std::size_t line_ = 1;
};

}  // namespace

Csv read_csv(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  return CsvReader(text).run();
}

}  // namespace pw::watchlist
