#include "cli/commands.hpp"
#include "cli/common_arguments.hpp"
#include "cli/highlight.hpp"
#include "cli/query/query_input.hpp"
#include "cli/query/query_json.hpp"
#include "cli/query/report_query.hpp"
#include "cli/report.hpp"
#include "cli/verb.hpp"
#include "core/text.hpp"
#include "match/explain/reason.hpp"

#include <boost/json.hpp>
#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>

#include <algorithm>
#include <iostream>
#include <memory>

namespace pw::cli {
namespace {

namespace json = boost::json;
using query::Node;

struct ExplainOptions {
  std::string query;  ///< "-": standard input
  std::string dialect = "presswatch";
  std::filesystem::path on;      ///< an article to explain the query on; empty: none
  std::filesystem::path config;  ///< source of the known names; empty: none
  bool json = false;
  bool no_colour = false;
};

constexpr std::size_t kFailuresShown = 20;
constexpr std::size_t kWordsShown = 12;
constexpr std::size_t kMaxShown = 4000;

// Already validated by the argument.
query::Dialect dialect_of(const ExplainOptions& options) { return query::dialect_named(options.dialect).value(); }

/// Prints the tree, one node per line. Of a name's aliases, prints only the number.
void print_tree(const Node& node, std::size_t depth) {
  std::string line(2 * depth, ' ');
  if (node.children.empty()) {
    line += fmt::format("{} {}", kind_name(node.kind), printable(query::to_query(node), kMaxShown));
  } else if (node.kind == Node::Kind::near || node.kind == Node::Kind::at_least) {
    Node dots;
    dots.tokens.emplace_back("…");
    dots.term = "…";
    Node operation = node;
    std::ranges::fill(operation.children, dots);
    line += fmt::format("{} {}", kind_name(node.kind), query::to_query(operation));
  } else {
    line += kind_name(node.kind);
  }
  const auto is_alias = [](const Node& child) { return !child.alias_of.empty(); };
  const auto aliases = std::ranges::count_if(node.children, is_alias);
  if (aliases > 0) line += fmt::format(", and {} aliases of a name", aliases);
  std::cout << line << '\n';
  for (const Node& child : node.children) {
    if (!is_alias(child)) print_tree(child, depth + 1);
  }
}

/// "all", "12 %", "0.034 %"
std::string percent_text(double share) {
  const double percent = std::min(100 * share, 100.0);
  if (percent >= 99.5) return "nearly all";
  if (percent >= 10) return fmt::format("{:.0f} %", percent);
  return percent >= 0.001 ? fmt::format("{:.2g} %", percent) : "less than 0.001 %";
}

std::string waiting_text(const match::Waiting& waiting) {
  if (waiting.always) return "some part has no word that could announce it: it is tried on every article";
  std::vector<std::string> shown;
  for (const std::string& word : waiting.words) {
    if (shown.size() < kWordsShown) shown.push_back(printable(word));
  }
  const std::size_t more = waiting.words.size() - shown.size();
  std::string out = fmt::format("{}{}; by their length, in {} of articles", fmt::join(shown, ", "),
                                more > 0 ? fmt::format(" and {} more", more) : "", percent_text(waiting.share));
  if (waiting.by_hand > 0) out += fmt::format("; {} parts are left to the slower evaluator", waiting.by_hand);
  return out;
}

json::object waiting_json(const match::Waiting& waiting) {
  return {{"words", json::array(waiting.words.begin(), waiting.words.end())},
          {"always", waiting.always},
          {"share", waiting.share},
          {"by_hand", waiting.by_hand}};
}

void print_match(const match::Match& match, const Palette& palette) {
  std::cout << fmt::format("{}matches{}, score {:.2f}\n", palette.bold, palette.reset, match.score);
  std::vector<std::string> words;
  for (const match::TermHit& hit : match.hits) {
    words.push_back(hit.matched);
    std::cout << fmt::format("  {}[{}..{}] {}{}{}  by {}{}\n", hit.field, hit.begin, hit.end, palette.mark,
                             printable(hit.matched), palette.reset, printable(hit.term),
                             hit.alias_of.empty() ? "" : ", a name of " + printable(hit.alias_of));
  }
  std::cout << "  “" << highlight(match.sentence, find_words(match.sentence, words), palette) << "”\n";
}

void print_failure(const std::vector<match::Reason>& failed, const Palette& palette) {
  std::cout << fmt::format("{}does not match{}\n", palette.bold, palette.reset);
  for (std::size_t i = 0; i < std::min(failed.size(), kFailuresShown); ++i) {
    std::cout << fmt::format("  {}{}{}: {}\n", palette.mark, printable(failed[i].part, kMaxShown), palette.reset,
                             printable(failed[i].why, kMaxShown));
  }
  if (failed.size() > kFailuresShown) std::cout << fmt::format("  and {} more\n", failed.size() - kFailuresShown);
}

json::object explanation_json(const match::Explanation& explanation, const SavedArticle& article) {
  json::object out{{"matches", explanation.holds}, {"reason", reason_json(explanation.reason)}};
  if (!article.id.empty()) out["id"] = article.id;
  if (explanation.holds) {
    out["match"] = match_json(explanation.match);
  } else {
    json::array failed;
    for (const match::Reason& one : explanation.failed) failed.push_back({{"part", one.part}, {"why", one.why}});
    out["failed"] = std::move(failed);
  }
  return out;
}

/// Explains the query on each article. True if one matched.
bool explain_on(const Node& node, const std::vector<SavedArticle>& articles, const ExplainOptions& options,
                json::object& out) {
  const Palette palette(terminal_has_colour() && !options.no_colour);
  bool any = false;
  json::array all;
  for (const SavedArticle& article : articles) {
    const match::Explanation explanation = match::explain(node, article.document());
    any = any || explanation.holds;
    if (options.json) {
      all.push_back(explanation_json(explanation, article));
      continue;
    }
    if (!article.id.empty()) std::cout << printable(article.id) << ' ';
    if (explanation.holds) {
      print_match(explanation.match, palette);
    } else {
      print_failure(explanation.failed, palette);
    }
  }
  out["articles"] = std::move(all);
  return any;
}

void print_reading(const Node& node, const ExplainOptions& options) {
  const Palette palette(terminal_has_colour() && !options.no_colour);
  std::cout << fmt::format("{}query{}  {}\n{}tree{}\n", palette.bold, palette.reset,
                           printable(query::to_query(node), kMaxShown), palette.bold, palette.reset);
  print_tree(node, 1);
  std::cout << fmt::format("{}waits{}  for {}\n", palette.bold, palette.reset, waiting_text(match::waiting(node)));
  const std::string_view difference = query::difference_of(dialect_of(options));
  if (!difference.empty()) std::cout << fmt::format("{}note{}   {}\n", palette.bold, palette.reset, difference);
}

/// Prints the tree, the query in the default dialect and its triggers; with an article, also why it matches or not.
int run_query_explain(const ExplainOptions& options) {
  const std::string query = query_text(options.query);
  const auto parsed = query::parse_query(query, *names_of(options.config), dialect_of(options));
  if (const auto* error = std::get_if<query::QueryError>(&parsed))
    return report_query_error(*error, query, options.json);
  const Node& node = std::get<Node>(parsed);
  json::object out{{"query", query::to_query(node)},
                   {"dialect", query::name_of(dialect_of(options))},
                   {"tree", tree_json(node)},
                   {"waits", waiting_json(match::waiting(node))}};
  bool found = true;
  if (options.on.empty()) {
    if (!options.json) print_reading(node, options);
  } else {
    const auto articles = read_articles(options.on);
    if (!articles) return report(articles.error().message);
    found = explain_on(node, *articles, options, out);
  }
  if (options.json) std::cout << json::serialize(out) << '\n';
  return found ? kExitOk : kExitNoMatch;
}

}  // namespace

Run query_explain_verb(Arguments& arguments) {
  auto in = std::make_shared<ExplainOptions>();
  arguments.add("query", &in->query, "the query, or - for standard input").required = true;
  arguments.add("--dialect", &in->dialect, "the query's").choices = query::kDialectNames;
  arguments.add("--on", &in->on, "an article: a text file (title, empty line, text), .html, .json or .jsonl");
  arguments.add("-c,--config", &in->config, "a configuration whose names.d is known to the query");
  arguments.add("--json", &in->json, "the result as one JSON object");
  take_no_colour(arguments, in->no_colour);
  return [in] { return run_query_explain(*in); };
}

}  // namespace pw::cli
