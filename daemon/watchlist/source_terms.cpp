#include "watchlist/source_terms.hpp"

#include "core/text.hpp"
#include "query/names.hpp"
#include "query/query.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <set>
#include <string>
#include <variant>

namespace pw::watchlist {
namespace {

using Known = std::set<std::string, std::less<>>;

/// False for most queries, which then need not be parsed again. All dialects use these words.
bool may_name_sources(const std::string& query) {
  const std::string lower = ascii_lower(query);
  return lower.find("source") != std::string::npos || lower.find("tag") != std::string::npos;
}

class Checker {
 public:
  Checker(const config::Settings& settings, std::vector<config::Problem>& problems) : problems_(problems) {
    for (const config::SourceSettings& source : settings.sources) {
      sources_.insert(source.id);
      for (const std::string& tag : source.tags) tags_.insert(ascii_lower(tag));
    }
  }

  void check(const config::WatchlistSettings& list) {
    if (!may_name_sources(list.query)) return;
    static const query::NameTable kNone{query::Names{}};
    const auto dialect = query::dialect_named(list.dialect).value_or(query::Dialect::presswatch);
    const auto parsed = query::parse_query(list.query, kNone, dialect);
    if (const auto* node = std::get_if<query::Node>(&parsed)) walk(*node, list);
  }

 private:
  void walk(const query::Node& node, const config::WatchlistSettings& list) {
    for (const query::Node& child : node.children) walk(child, list);
    const bool single = node.kind == query::Node::Kind::property && node.until.empty();
    if (!single || (node.name != "source" && node.name != "tag")) return;
    const Known& known = node.name == "source" ? sources_ : tags_;
    if (known.contains(node.value)) return;
    const std::string_view near = nearest_name(node.value, known);
    const std::string hint =
        near.empty() ? "sources are configured in sources.d" : fmt::format("did you mean {}:{}?", node.name, near);
    const auto at = ascii_lower(list.query).find(node.value);
    problems_.push_back(
        {place_in_query(list.query_place, list.query, at != std::string::npos ? at : 0),
         fmt::format("watchlist {}: there is no {} \"{}\"; {}", list.id,
                     node.name == "source" ? "source" : "source with the tag", printable(node.value), hint)});
  }

  std::vector<config::Problem>& problems_;
  Known sources_;
  Known tags_;
};

}  // namespace

void check_source_terms(const config::Settings& settings, std::vector<config::Problem>& problems) {
  Checker checker(settings, problems);
  for (const auto& list : settings.watchlists) {
    if (list->enabled && !list->query.empty()) checker.check(*list);
  }
}

config::Place place_in_query(config::Place begin, std::string_view query, std::size_t offset) {
  const std::string_view before = query.substr(0, std::min(offset, query.size()));
  const std::size_t line = before.rfind('\n');
  if (line == std::string_view::npos) {
    if (begin.column > 0) begin.column += code_points(before);
    return begin;
  }
  begin.line += static_cast<std::size_t>(std::ranges::count(before, '\n'));
  begin.column = 1 + code_points(before.substr(line + 1));
  return begin;
}

}  // namespace pw::watchlist
