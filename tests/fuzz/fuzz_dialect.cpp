#include "query/query.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

/// The first byte selects the dialect, the rest is the query. The default dialect must parse the translation of a query
/// to the same tree; an error must point into the query and be printable.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace pw::query;
  if (size == 0) return 0;
  const auto dialect = static_cast<Dialect>(data[0] % kDialectNames.size());
  const std::string_view query(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto parsed = parse_query(query, Names{}, dialect);
  if (const auto* error = std::get_if<QueryError>(&parsed)) {
    if (error->message.empty() || (query.size() <= kMaxQueryBytes && error->offset > query.size())) __builtin_trap();
    if (render(*error, query).find('^') == std::string::npos) __builtin_trap();
    return 0;
  }
  const std::string printed = to_query(std::get<Node>(parsed));
  if (printed.size() > kMaxQueryBytes) return 0;
  const auto again = parse_query(printed);
  if (!std::holds_alternative<Node>(again) || to_query(std::get<Node>(again)) != printed) __builtin_trap();
  return 0;
}
