#pragma once
/// Error reports of the `presswatch query` verbs.

#include "query/query.hpp"

#include <string>

namespace pw::cli {

/// Prints the error as text on standard error, or as JSON on standard output. Returns kExitFailed.
int report_query_error(const query::QueryError& error, const std::string& query, bool as_json);

}  // namespace pw::cli
