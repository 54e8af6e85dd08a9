#pragma once
/// The exception with which parsers reject a query. Private to query; parse_query turns it into a QueryError.

#include "query/query.hpp"

#include <string>
#include <utility>
#include <vector>

namespace pw::query {

/// A rejected query.
struct Refusal {
  QueryError error;
};

/// Throws a Refusal. `offset` is in bytes from the start of the query.
[[noreturn]] inline void refuse(std::size_t offset, std::string message, std::vector<std::string> readings = {}) {
  throw Refusal{{std::move(message), offset, std::move(readings)}};
}

}  // namespace pw::query
