#pragma once
/// Detects parts of a query that can never match. Private to query. Any thread.

#include "query/query.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pw::query {

/// Describes the first part that can never match: its NOT excludes every article that has its required words, or it
/// requires two languages at once. Words are compared in folded form. Cases that it cannot decide are accepted.
struct Contradiction {
  std::string message;
  std::vector<std::string> readings;
};
/// nullopt if no contradiction was found.
std::optional<Contradiction> find_contradiction(const Node& query);

/// Like parse_query, but without this check: for generated queries.
std::variant<Node, QueryError> parse_any_query(std::string_view query, const NameTable& names, Dialect dialect);

}  // namespace pw::query
