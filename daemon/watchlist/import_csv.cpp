#include "core/text.hpp"
#include "watchlist/csv.hpp"
#include "watchlist/imported.hpp"
#include "watchlist/list_text.hpp"

#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace pw::watchlist {
namespace {

using List = config::WatchlistSettings;

constexpr std::array<std::string_view, 17> kColumns{
    "id",    "title", "query",   "dialect", "keywords",  "priority",     "languages", "sources", "fields",
    "group", "owner", "contact", "notes",   "min_score", "min_mentions", "per_story", "enabled"};

std::vector<std::string> values_of(std::string_view cell) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= cell.size();) {
    const std::size_t end = std::min(cell.find_first_of(";|", at), cell.size());
    const std::string_view one = trim(cell.substr(at, end - at));
    if (!one.empty()) out.emplace_back(one);
    at = end + 1;
  }
  return out;
}

template <class Number>
std::optional<Number> number_of(std::string_view cell) {
  Number out{};
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), out);
  return error == std::errc{} && end == cell.data() + cell.size() ? std::optional(out) : std::nullopt;
}

std::optional<bool> flag_of(std::string_view cell) {
  const std::string word = ascii_lower(cell);
  if (word == "true" || word == "yes" || word == "1") return true;
  if (word == "false" || word == "no" || word == "0") return false;
  return std::nullopt;
}

template <class T>
bool put(std::optional<T> value, T& out) {
  if (value) out = *value;
  return value.has_value();
}

/// Stores a cell in the list; returns false if it cannot be parsed. The values are validated later, with the file that
/// the import produces.
bool put_cell(std::string_view column, std::string_view cell, List& list) {
  const std::string text(cell);
  if (column == "id") list.id = text;
  if (column == "title") list.title = text;
  if (column == "query") list.query = text;
  if (column == "dialect") list.dialect = ascii_lower(text);
  if (column == "priority") list.priority = ascii_lower(text);
  if (column == "group") list.group = text;
  if (column == "owner") list.owner.name = text;
  if (column == "contact") list.owner.contact = text;
  if (column == "notes") list.notes = text;
  if (column == "keywords") list.keywords = values_of(cell);
  if (column == "languages") list.languages = values_of(cell);
  if (column == "sources") list.sources = values_of(cell);
  if (column == "fields") list.fields = values_of(cell);
  if (column == "min_score") return put(number_of<double>(cell), list.min_score);
  if (column == "min_mentions") return put(number_of<std::size_t>(cell), list.min_mentions);
  if (column == "per_story") return put(flag_of(cell), list.per_story);
  if (column == "enabled") return put(flag_of(cell), list.enabled);
  return true;
}

class CsvImport {
 public:
  CsvImport(const Ids& known, std::string_view group) : known_(known), taken_(known), group_(group) {}

  Imported run(std::string_view text) {
    const Csv csv = read_csv(text);
    if (csv.rows.empty() && !csv.problem) problem(1, "the file is empty");
    if (!csv.rows.empty() && read_header(csv.rows.front())) {
      const std::vector<CsvRow> rows(csv.rows.begin() + 1, csv.rows.end());
      for (const CsvRow& row : rows) {
        if (id_column_ < row.cells.size()) taken_.insert(row.cells[id_column_]);
      }
      for (const CsvRow& row : rows) read_row(row);
    }
    if (csv.problem) problem(csv.problem->line, csv.problem->message);
    return std::move(out_);
  }

 private:
  void problem(std::size_t line, std::string message) { out_.problems.push_back({line, std::move(message)}); }

  bool read_header(const CsvRow& row) {
    for (const std::string& cell : row.cells) {
      std::string name = ascii_lower(cell);
      std::ranges::replace(name, ' ', '_');
      if (name == "id") id_column_ = columns_.size();
      if (std::ranges::find(kColumns, name) == kColumns.end()) {
        const std::string_view near = nearest_name(name, kColumns);
        problem(row.line, fmt::format("unknown column \"{}\"; {}", cell,
                                      near.empty() ? fmt::format("there are {}", fmt::join(kColumns, ", "))
                                                   : fmt::format("did you mean \"{}\"?", near)));
      } else if (std::ranges::find(columns_, name) != columns_.end()) {
        problem(row.line, fmt::format("duplicate column \"{}\"", name));
      }
      columns_.push_back(std::move(name));
    }
    const auto has = [&](std::string_view name) { return std::ranges::find(columns_, name) != columns_.end(); };
    if (out_.problems.empty() && !has("query") && !has("keywords")) {
      problem(row.line, "the first row must contain the names of the columns, including query or keywords");
    }
    return out_.problems.empty();
  }

  void read_row(const CsvRow& row) {
    List list;
    list.place.line = row.line;
    if (row.cells.size() > columns_.size()) {
      problem(row.line, fmt::format("has {} cells, but the first row has {}; quote cells that contain the separator",
                                    row.cells.size(), columns_.size()));
      return;
    }
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (row.cells[i].empty() || put_cell(columns_[i], row.cells[i], list)) continue;
      problem(row.line, fmt::format("{}: invalid value \"{}\"", columns_[i], row.cells[i]));
    }
    if (list.query.empty() == list.keywords.empty()) problem(row.line, "needs exactly one of query and keywords");
    if (list.group.empty()) list.group = group_;
    if (!list.id.empty() && (known_.contains(list.id) || !seen_.insert(list.id).second)) {
      problem(row.line, fmt::format("the id \"{}\" is already in use", list.id));
    } else if (list.id.empty()) {
      const std::string& words = !list.query.empty() || list.keywords.empty() ? list.query : list.keywords.front();
      list.id = make_id(list.title.empty() ? words : list.title, taken_);
      taken_.insert(list.id);
    }
    if (list.title.empty()) list.title = list.id;
    out_.lists.push_back(std::move(list));
  }

  const Ids& known_;  ///< ids of the configuration
  Ids taken_;         ///< those, and all ids of the file
  Ids seen_;          ///< ids of the rows so far
  std::string group_;
  std::vector<std::string> columns_;
  std::size_t id_column_ = std::string::npos;
  Imported out_;
};

}  // namespace

Imported import_csv(std::string_view text, const Ids& taken, std::string_view group) {
  if (!is_valid_utf8(text)) {
    Imported out;
    out.problems.push_back({1, "the file is not UTF-8; spreadsheets can save as \"CSV UTF-8\""});
    return out;
  }
  return CsvImport(taken, group).run(text);
}

}  // namespace pw::watchlist
