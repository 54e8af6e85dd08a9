#include "cli/query/report_query.hpp"

#include "cli/commands.hpp"
#include "cli/query/query_json.hpp"

#include <boost/json/serialize.hpp>

#include <iostream>

namespace pw::cli {

int report_query_error(const query::QueryError& error, const std::string& query, bool as_json) {
  if (as_json) {
    std::cout << boost::json::serialize(error_json(error, query)) << '\n';
  } else {
    std::cerr << query::render(error, query) << '\n';
  }
  return kExitFailed;
}

}  // namespace pw::cli
