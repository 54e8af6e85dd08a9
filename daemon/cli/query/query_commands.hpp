#pragma once
/// The verbs of `presswatch query`: explain, translate, check. Every one returns the exit code of the process.

#include "query/dialect/dialect.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace pw::cli {

/// Adds `query` and its verbs to the command line; a verb that is called leaves its exit code in `code`.
void add_query_commands(CLI::App& app, int& code);

struct QueryOptions {
  std::string query;  ///< "-": standard input
  query::Dialect dialect = query::Dialect::presswatch;
  std::filesystem::path on;      ///< an article to explain it on; empty: none
  std::filesystem::path config;  ///< whose names are known; empty: none
  std::vector<std::string> files;
  bool json = false;
  bool colour = true;
};

/// The tree, the query in the default dialect, where it waits; with an article why it matches, or why not.
int run_query_explain(const QueryOptions& options);
/// The query in the default dialect.
int run_query_translate(const QueryOptions& options);
/// Every wrong query of watchlist files, lines of JSON and plain files.
int run_query_check(const QueryOptions& options);

}  // namespace pw::cli
