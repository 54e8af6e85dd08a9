#include "cli/inspect/inspect.hpp"
#include "cli/query/query_json.hpp"
#include "query/query.hpp"

namespace pw::cli {
namespace {

namespace json = boost::json;

json::object read(std::string_view query) {
  const auto parsed = query::parse_query(query);
  if (const auto* error = std::get_if<query::QueryError>(&parsed)) return error_json(*error, query);
  const auto& node = std::get<query::Node>(parsed);
  return {{"query", query::to_query(node)}, {"tree", tree_json(node)}};
}

json::object single(const SingleInput& input) { return read(input.bytes); }

json::object batch(const BatchCase& one, WorkClock& clock) {
  const std::string query = one.text("query").value_or("");
  return clock.time(query.size(), [&] { return read(query); });
}

}  // namespace

const InspectKind kInspectQuery{"query", "a watchlist query: its tree, or what is wrong with it", true, batch, single};

}  // namespace pw::cli
