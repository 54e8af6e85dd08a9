#include "cli/inspect.hpp"
#include "match/query.hpp"

#include <array>

namespace pw::cli {
namespace {

namespace json = boost::json;
using match::Node;

json::object tree(const Node& node) {
  constexpr std::array<std::string_view, 11> kKinds{"phrase", "exact", "prefix", "wildcard", "window",  "near",
                                                    "and",    "or",    "not",    "at_least", "property"};
  json::object out{{"kind", kKinds[static_cast<std::size_t>(node.kind)]}};
  if (!node.term.empty()) out["term"] = node.term;
  if (!node.alias_of.empty()) out["alias_of"] = node.alias_of;
  if (node.field != match::Field::any) {
    constexpr std::array<std::string_view, 4> kFields{"any", "title", "text", "lead"};
    out["field"] = kFields[static_cast<std::size_t>(node.field)];
  }
  if (!node.tokens.empty()) out["tokens"] = json::array(node.tokens.begin(), node.tokens.end());
  if ((node.n != 0 && node.kind != Node::Kind::exact) || node.kind == Node::Kind::near) out["n"] = node.n;
  if (node.ordered) out["ordered"] = true;
  if (!node.children.empty()) {
    json::array children;
    for (const Node& child : node.children) children.push_back(tree(child));
    out["children"] = std::move(children);
  }
  return out;
}

json::object read(std::string_view query) {
  const auto parsed = match::parse_query(query);
  if (const auto* error = std::get_if<match::QueryError>(&parsed)) {
    return {{"error", error->message},
            {"offset", error->offset},
            {"readings", json::array(error->readings.begin(), error->readings.end())},
            {"shown", match::render(*error, query)}};
  }
  const Node& node = std::get<Node>(parsed);
  return {{"query", match::to_query(node)}, {"tree", tree(node)}};
}

json::object single(const SingleInput& input) { return read(input.bytes); }

json::object batch(const BatchCase& one, WorkClock& clock) {
  const std::string query = one.text("query").value_or("");
  return clock.time(query.size(), [&] { return read(query); });
}

}  // namespace

const InspectKind kInspectQuery{"query", "a watchlist query: its tree, or what is wrong with it", true, batch, single};

}  // namespace pw::cli
