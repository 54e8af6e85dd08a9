#include "watchlist/cut_list.hpp"

#include "core/text.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace pw::watchlist {
namespace {

std::size_t last_line(const toml::node& node) {
  std::size_t last = std::max(node.source().begin.line, node.source().end.line);
  if (const toml::table* table = node.as_table()) {
    for (const auto& [key, value] : *table)
      last = std::max({last, std::size_t{key.source().end.line}, last_line(value)});
  } else if (const toml::array* array = node.as_array()) {
    for (const toml::node& one : *array) last = std::max(last, last_line(one));
  }
  return last;
}

std::optional<std::size_t> index_of(const toml::table& root, std::string_view id) {
  const toml::array* lists = root["watchlist"].as_array();
  for (std::size_t i = 0; lists != nullptr && i < lists->size(); ++i) {
    const toml::table* list = lists->get(i)->as_table();
    if (list != nullptr && (*list)["id"].value<std::string_view>() == id) return i;
  }
  return std::nullopt;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    out.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

bool is_blank(std::string_view line) { return trim(line).empty(); }

std::string without_lines(const std::vector<std::string_view>& lines, std::size_t first, std::size_t last) {
  std::size_t next = last;  // lines are counted from 1, so this is the line after the table
  const bool open_before = first == 1 || is_blank(lines[first - 2]);
  if (open_before && next < lines.size() && is_blank(lines[next])) ++next;
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i + 1 < first || i >= next) out += lines[i];
  }
  return out;
}

}  // namespace

Result<std::string> cut_list(std::string_view text, std::string_view id) {
  try {
    toml::table root = toml::parse(text);
    const auto index = index_of(root, id);
    if (!index) return fail(Errc::not_found, "no such watchlist: \"{}\"", printable(id));
    toml::array& lists = *root["watchlist"].as_array();
    const toml::node& list = *lists.get(*index);
    const std::size_t first = list.source().begin.line;
    const std::vector<std::string_view> lines = lines_of(text);
    const std::size_t last = std::min(last_line(list), lines.size());
    if (first == 0 || !trim(lines[first - 1]).starts_with("[[")) {
      return fail(Errc::unsupported, "line {} does not start a [[watchlist]] table", first);
    }
    std::string out = without_lines(lines, first, last);
    lists.erase(lists.cbegin() + static_cast<std::ptrdiff_t>(*index));
    if (lists.empty()) root.erase("watchlist");
    if (toml::parse(out) != root) {
      return fail(Errc::unsupported, "lines {} to {} cannot be removed without changing something else", first, last);
    }
    return out;
  } catch (const toml::parse_error& error) {
    return fail(Errc::unsupported, "the file cannot be parsed: {}", printable(error.description()));
  }
}

}  // namespace pw::watchlist
