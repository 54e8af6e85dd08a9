#pragma once
/// Reads queries with their positions from watchlist files, JSON Lines and plain files.

#include "query/query.hpp"

#include <string>
#include <vector>

namespace pw::cli {

struct StoredQuery {
  std::string file;
  std::size_t line = 1;  ///< of the query's first line
  std::string id;
  std::string query;                  ///< either this or keywords
  std::vector<std::string> keywords;  ///< matches any of these
  query::Dialect dialect = query::Dialect::presswatch;
  query::Names names;  ///< of the watchlist itself
};

struct QueryFile {
  std::vector<StoredQuery> queries;
  std::vector<std::string> problems;  ///< of the file itself, as "file:line: message"
};

/// Reads a .toml file as a watchlist file (only queries, keywords, dialects and names); a .jsonl file as one object per
/// line with "query" and optionally "id" and "dialect"; any other file as one query. "-" is standard input.
QueryFile read_query_file(const std::string& file, query::Dialect dialect);

}  // namespace pw::cli
