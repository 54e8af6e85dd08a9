#include "cli/commands.hpp"
#include "cli/query/query_input.hpp"
#include "cli/query/report_query.hpp"
#include "cli/verb.hpp"

#include <boost/json.hpp>

#include <iostream>
#include <memory>

namespace pw::cli {
namespace {

namespace json = boost::json;

struct TranslateOptions {
  std::string query;  ///< "-": standard input
  std::string dialect = "presswatch";
  bool json = false;
};

int run_query_translate(const TranslateOptions& options) {
  const std::string query = query_text(options.query);
  // Already validated by the argument.
  const query::Dialect dialect = query::dialect_named(options.dialect).value();
  const auto parsed = query::parse_query(query, query::Names{}, dialect);
  if (const auto* error = std::get_if<query::QueryError>(&parsed))
    return report_query_error(*error, query, options.json);
  const std::string translated = query::to_query(std::get<query::Node>(parsed));
  const std::string_view note = query::difference_of(dialect);
  if (options.json) {
    json::object out{{"query", translated}, {"from", query::name_of(dialect)}};
    if (!note.empty()) out["note"] = note;
    std::cout << json::serialize(out) << '\n';
  } else {
    std::cout << translated << '\n';
    if (!note.empty()) std::cerr << "note: " << note << '\n';
  }
  return kExitOk;
}

}  // namespace

Run query_translate_verb(Arguments& arguments) {
  auto in = std::make_shared<TranslateOptions>();
  arguments.add("query", &in->query, "the query, or - for standard input").required = true;
  Argument& from = arguments.add("--from", &in->dialect, "the query's dialect");
  from.required = true;
  from.choices = query::kDialectNames;
  arguments.add("--json", &in->json, "the result as one JSON object");
  return [in] { return run_query_translate(*in); };
}

}  // namespace pw::cli
