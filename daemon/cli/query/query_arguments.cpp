#include "cli/commands.hpp"
#include "cli/highlight.hpp"
#include "cli/query/query_commands.hpp"

#include <CLI/CLI.hpp>

#include <map>
#include <memory>

namespace pw::cli {
namespace {

std::map<std::string, query::Dialect> dialects() {
  std::map<std::string, query::Dialect> out;
  for (const std::string_view name : query::kDialectNames) out.emplace(name, *query::dialect_named(name));
  return out;
}

/// --dialect and --from take the names, and show them in the help.
CLI::Option* add_dialect(CLI::App& verb, const std::string& flag, QueryOptions& in, const std::string& help) {
  std::string names;
  for (const std::string_view name : query::kDialectNames) names += (names.empty() ? "" : ", ") + std::string(name);
  return verb.add_option(flag, in.dialect, help + ": " + names)
      ->transform(CLI::Transformer(dialects(), CLI::ignore_case).description(""))
      ->type_name("DIALECT");
}

void add_explain(CLI::App& query, int& code) {
  auto in = std::make_shared<QueryOptions>();
  CLI::App* verb = query.add_subcommand("explain", "how a query is read; on an article, why it matches or why not");
  verb->add_option("query", in->query, "the query, or - for standard input")->required();
  add_dialect(*verb, "--dialect", *in, "the query's");
  verb->add_option("--on", in->on, "an article: a text file (title, empty line, text), .html, .json or .jsonl");
  verb->add_option("-c,--config", in->config, "a configuration whose names.d is known to the query");
  verb->add_flag("--json", in->json, "the result as one JSON object");
  verb->add_flag_callback(
      "--no-colour,--no-color", [in] { in->colour = false; }, "no colours on a terminal");
  verb->callback([in, &code] {
    in->colour = in->colour && terminal_has_colour();
    code = run_query_explain(*in);
  });
}

void add_translate(CLI::App& query, int& code) {
  auto in = std::make_shared<QueryOptions>();
  CLI::App* verb = query.add_subcommand("translate", "a query of another product in the default dialect");
  verb->add_option("query", in->query, "the query, or - for standard input")->required();
  add_dialect(*verb, "--from", *in, "the query's dialect")->required();
  verb->add_flag("--json", in->json, "the result as one JSON object");
  verb->callback([in, &code] { code = run_query_translate(*in); });
}

void add_check(CLI::App& query, int& code) {
  auto in = std::make_shared<QueryOptions>();
  CLI::App* verb = query.add_subcommand("check", "name every wrong query of files, with its line");
  verb->add_option("files", in->files, "watchlists (.toml), lines of {\"id\", \"query\"} (.jsonl), or one query a file")
      ->required();
  add_dialect(*verb, "--dialect", *in, "of queries that do not say their own");
  verb->add_option("-c,--config", in->config, "a configuration whose names.d is known to the queries");
  verb->add_flag("--json", in->json, "a JSON object for each wrong query");
  verb->callback([in, &code] { code = run_query_check(*in); });
}

}  // namespace

void add_query_commands(CLI::App& app, int& code) {
  CLI::App* query = app.add_subcommand("query", "read, explain, translate and check queries");
  query->require_subcommand(1);
  add_explain(*query, code);
  add_translate(*query, code);
  add_check(*query, code);
}

}  // namespace pw::cli
