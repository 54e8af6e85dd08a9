#pragma once
/// Parts of a query that can be true of no article. Private to match/.

#include "query/query.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pw::query {

/// What is wrong with the first part that cannot be true: whatever has its words has those of its NOT as well, or it
/// asks for two languages at once. Looks at words as they are compared; what it cannot tell it lets pass.
struct Contradiction {
  std::string message;
  std::vector<std::string> readings;
};
std::optional<Contradiction> find_contradiction(const Node& query);

/// As parse_query, but such a part is let pass: for queries that nobody wrote.
std::variant<Node, QueryError> parse_any_query(std::string_view query, const NameTable& names, Dialect dialect);

}  // namespace pw::query
