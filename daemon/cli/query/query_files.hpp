#pragma once
/// The queries of watchlist files, of lines of JSON and of plain files, each with its place.

#include "query/query.hpp"

#include <string>
#include <vector>

namespace pw::cli {

struct StoredQuery {
  std::string file;
  std::size_t line = 1;  ///< where the query's own first line is
  std::string id;
  std::string query;                  ///< this, or keywords
  std::vector<std::string> keywords;  ///< any of these
  query::Dialect dialect = query::Dialect::presswatch;
  query::Names names;  ///< the watchlist's own
};

struct QueryFile {
  std::vector<StoredQuery> queries;
  std::vector<std::string> problems;  ///< of the file itself, as "file:line: message"
};

/// A .toml file is a watchlist file, of which only queries, keywords, dialects and names are read; .jsonl has an object
/// with "query" and perhaps "id" and "dialect" a line; any other file is one query. "-" is standard input.
QueryFile read_query_file(const std::string& file, query::Dialect dialect);

}  // namespace pw::cli
