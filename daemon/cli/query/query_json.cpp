#include "cli/query/query_json.hpp"

#include <boost/json/array.hpp>

#include <array>

namespace pw::cli {

namespace json = boost::json;
using query::Node;

std::string_view kind_name(Node::Kind kind) {
  constexpr std::array<std::string_view, 11> kKinds{"phrase", "exact", "prefix", "wildcard", "window",  "near",
                                                    "and",    "or",    "not",    "at_least", "property"};
  return kKinds[static_cast<std::size_t>(kind)];
}

json::object tree_json(const Node& node) {
  json::object out{{"kind", kind_name(node.kind)}};
  if (!node.term.empty()) out["term"] = node.term;
  if (!node.alias_of.empty()) out["alias_of"] = node.alias_of;
  if (node.field != query::Field::any && node.children.empty()) {
    constexpr std::array<std::string_view, 4> kFields{"any", "title", "text", "lead"};
    out["field"] = kFields[static_cast<std::size_t>(node.field)];
  }
  if (!node.tokens.empty()) out["tokens"] = json::array(node.tokens.begin(), node.tokens.end());
  const bool is_near = node.kind == Node::Kind::near;
  if (is_near && node.reach != query::Reach::tokens) {
    out["within"] = node.reach == query::Reach::sentence ? "sentence" : "paragraph";
  } else if (is_near || node.kind == Node::Kind::window || node.kind == Node::Kind::at_least) {
    out["n"] = node.n;
  }
  if (node.ordered) out["ordered"] = true;
  if (node.weight != 1 && node.children.empty()) out["weight"] = node.weight;
  if (!node.children.empty()) {
    json::array children;
    for (const Node& child : node.children) children.push_back(tree_json(child));
    out["children"] = std::move(children);
  }
  return out;
}

json::object error_json(const query::QueryError& error, std::string_view query) {
  return {{"error", error.message},
          {"offset", error.offset},
          {"readings", json::array(error.readings.begin(), error.readings.end())},
          {"shown", query::render(error, query)}};
}

json::array hits_json(const match::Match& match) {
  json::array out;
  for (const match::TermHit& hit : match.hits) {
    out.push_back({{"term", hit.term},
                   {"field", hit.field},
                   {"begin", hit.begin},
                   {"end", hit.end},
                   {"matched", hit.matched},
                   {"alias_of", hit.alias_of}});
  }
  return out;
}

json::object match_json(const match::Match& match) {
  return {{"score", match.score}, {"sentence", match.sentence}, {"hits", hits_json(match)}};
}

json::object reason_json(const match::Reason& reason) {
  json::object out{{"kind", kind_name(reason.kind)}, {"part", reason.part}, {"holds", reason.holds}};
  if (!reason.why.empty()) out["why"] = reason.why;
  if (!reason.children.empty()) {
    json::array children;
    for (const match::Reason& child : reason.children) children.push_back(reason_json(child));
    out["children"] = std::move(children);
  }
  return out;
}

}  // namespace pw::cli
