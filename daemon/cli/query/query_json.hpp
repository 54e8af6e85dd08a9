#pragma once
/// Queries, query errors and matches as JSON.

#include "match/explain/reason.hpp"
#include "match/match.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <string_view>

namespace pw::cli {

boost::json::object tree_json(const query::Node& node);
boost::json::object error_json(const query::QueryError& error, std::string_view query);
boost::json::object match_json(const match::Match& match);
/// The positions of the matched terms.
boost::json::array hits_json(const match::Match& match);
/// The whole tree of reasons.
boost::json::object reason_json(const match::Reason& reason);

/// The name of a kind of node: "phrase", "and", …
std::string_view kind_name(query::Node::Kind kind);

}  // namespace pw::cli
