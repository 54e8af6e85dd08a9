#include "cli/commands.hpp"
#include "cli/counted.hpp"
#include "cli/query/query_files.hpp"
#include "cli/query/query_input.hpp"
#include "cli/query/query_json.hpp"
#include "cli/verb.hpp"
#include "core/text.hpp"

#include <boost/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <iostream>
#include <memory>

namespace pw::cli {
namespace {

namespace json = boost::json;

struct CheckOptions {
  std::vector<std::string> files;
  std::string dialect = "presswatch";
  std::filesystem::path config;  ///< source of the known names; empty: none
  bool json = false;
};

std::size_t column_of(std::string_view query, std::size_t offset) {
  offset = std::min(offset, query.size());
  const std::size_t newline = query.substr(0, offset).rfind('\n');
  std::size_t pos = newline == std::string_view::npos ? 0 : newline + 1;
  std::size_t column = 1;
  for (; pos < offset; ++column) next_code_point(query, pos);
  return column;
}

void report_stored(const StoredQuery& stored, const query::QueryError& error, bool as_json) {
  const std::string_view before = std::string_view(stored.query).substr(0, std::min(error.offset, stored.query.size()));
  const std::size_t line = stored.line + static_cast<std::size_t>(std::ranges::count(before, '\n'));
  if (as_json) {
    json::object out = error_json(error, stored.query);
    out["file"] = stored.file;
    out["line"] = line;
    out["column"] = column_of(stored.query, error.offset);
    if (!stored.id.empty()) out["id"] = stored.id;
    std::cout << json::serialize(out) << '\n';
    return;
  }
  const std::string id = stored.id.empty() ? "" : fmt::format("{}: ", printable(stored.id));
  const std::string message =
      stored.query.empty() ? printable(error.message, 2000) : query::render(error, stored.query);
  std::cerr << fmt::format("{}:{}: {}{}\n", printable(stored.file), line, id, message);
}

/// Reports every invalid query of watchlist files, JSON Lines and plain files.
int run_query_check(const CheckOptions& options) {
  const auto names = names_of(options.config);
  const query::Dialect dialect = query::dialect_named(options.dialect).value();  // validated by the argument
  std::size_t queries = 0;
  std::size_t errors = 0;
  for (const std::string& file : options.files) {
    const QueryFile read = read_query_file(file, dialect);
    for (const StoredQuery& stored : read.queries) {
      ++queries;
      const query::NameTable own(stored.names, names);
      const auto parsed = stored.keywords.empty() ? query::parse_query(stored.query, own, stored.dialect)
                                                  : query::parse_keywords(stored.keywords, own);
      if (const auto* error = std::get_if<query::QueryError>(&parsed)) {
        ++errors;
        report_stored(stored, *error, options.json);
      }
    }
    for (const std::string& problem : read.problems) {
      ++errors;
      if (options.json) {
        std::cout << json::serialize(json::object{{"file", file}, {"error", problem}}) << '\n';
      } else {
        std::cerr << printable(problem, 2000) << '\n';
      }
    }
  }
  if (!options.json) std::cout << counted(queries, "query", "queries") << ", " << counted(errors, "error") << '\n';
  return errors == 0 ? kExitOk : kExitConfig;
}

}  // namespace

Run query_check_verb(Arguments& arguments) {
  auto in = std::make_shared<CheckOptions>();
  arguments.add("files", &in->files, "watchlists (.toml), lines of {\"id\", \"query\"} (.jsonl), or one query a file")
      .required = true;
  arguments.add("--dialect", &in->dialect, "of queries that do not say their own").choices = query::kDialectNames;
  arguments.add("-c,--config", &in->config, "a configuration whose names.d is known to the queries");
  arguments.add("--json", &in->json, "a JSON object for each wrong query");
  return [in] { return run_query_check(*in); };
}

}  // namespace pw::cli
