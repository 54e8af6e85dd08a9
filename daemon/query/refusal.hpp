#pragma once
/// How the readers of queries give up. Private to match/; parse_query turns it into a QueryError.

#include "query/query.hpp"

#include <string>
#include <utility>
#include <vector>

namespace pw::query {

struct Refusal {
  QueryError error;
};

[[noreturn]] inline void refuse(std::size_t offset, std::string message, std::vector<std::string> readings = {}) {
  throw Refusal{{std::move(message), offset, std::move(readings)}};
}

}  // namespace pw::query
