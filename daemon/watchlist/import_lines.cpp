#include "core/text.hpp"
#include "query/query.hpp"
#include "watchlist/alert_query.hpp"
#include "watchlist/imported.hpp"
#include "watchlist/list_text.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <optional>

namespace pw::watchlist {
namespace {

constexpr std::size_t kMostOfTitle = 120;

/// Translates a line and stores the result in `query`. Returns what is wrong with it, or nullopt.
std::optional<std::string> read_query(std::string_view line, std::string& query) {
  auto translated = translate_alert(line);
  if (const auto* problem = std::get_if<AlertProblem>(&translated)) {
    return fmt::format("column {}: {}", problem->offset + 1, problem->message);
  }
  query = std::get<std::string>(std::move(translated));
  const auto parsed = query::parse_query(query);
  if (const auto* error = std::get_if<query::QueryError>(&parsed)) {
    return fmt::format("translates to {}, which is not a valid query: {}", query, error->message);
  }
  return std::nullopt;
}

std::string title_of(std::string_view line) {
  const std::string_view start = utf8_prefix(line, kMostOfTitle);
  return std::string(start) + (start.size() < line.size() ? "…" : "");
}

}  // namespace

Imported import_lines(std::string_view text, const Ids& taken, std::string_view group) {
  Imported out;
  Ids used = taken;
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  if (text.starts_with(kMark)) text.remove_prefix(kMark.size());
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    if (!is_valid_utf8(line)) {
      out.problems.push_back({number, "is not UTF-8"});
      continue;
    }
    config::WatchlistSettings list;
    if (auto problem = read_query(line, list.query)) {
      out.problems.push_back({number, std::move(*problem)});
      continue;
    }
    list.place.line = number;
    list.id = make_id(line, used);
    used.insert(list.id);
    list.title = title_of(line);
    list.group = group;
    out.lists.push_back(std::move(list));
  }
  if (out.lists.empty() && out.problems.empty()) out.problems.push_back({1, "the file is empty"});
  return out;
}

}  // namespace pw::watchlist
