#pragma once
/// Parts of a query that can be true of no article. Private to match/.

#include "match/query.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pw::match {

/// What is wrong with the first part that cannot be true: whatever has its words has those of its NOT as well, or it
/// asks for two languages at once. Looks at words as they are compared; what it cannot tell it lets pass.
struct Contradiction {
  std::string message;
  std::vector<std::string> readings;
};
std::optional<Contradiction> find_contradiction(const Node& query);

}  // namespace pw::match
