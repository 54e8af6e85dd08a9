#include "query/query.hpp"

#include "core/text.hpp"
#include "query/contradiction.hpp"
#include "query/dialect/dialect_lexemes.hpp"
#include "query/lexer.hpp"
#include "query/names.hpp"
#include "query/parser.hpp"
#include "query/refusal.hpp"

#include <algorithm>

namespace pw::query {

Read read_presswatch(std::string_view query) { return {lex(query), &presswatch_grammar()}; }

std::variant<Node, QueryError> parse_query(std::string_view query, const NameTable& names, Dialect dialect) {
  auto parsed = parse_any_query(query, names, dialect);
  const auto* node = std::get_if<Node>(&parsed);
  auto never = node != nullptr ? find_contradiction(*node) : std::nullopt;
  if (never) return QueryError{std::move(never->message), 0, std::move(never->readings)};
  return parsed;
}

std::variant<Node, QueryError> parse_any_query(std::string_view query, const NameTable& names, Dialect dialect) {
  if (query.size() > kMaxQueryBytes) return QueryError{"the query is longer than 64 KiB", kMaxQueryBytes, {}};
  try {
    Read read = row_of(dialect).read(query);
    return parse(std::move(read.lexemes), query, *read.grammar, names);
  } catch (Refusal& refusal) {
    return std::move(refusal.error);
  }
}

std::variant<Node, QueryError> parse_query(std::string_view query, const Names& names, Dialect dialect) {
  return parse_query(query, NameTable(names), dialect);
}

bool matches_nothing(const Node& node) {
  switch (node.kind) {
    case Node::Kind::any: return std::ranges::any_of(node.children, matches_nothing);
    case Node::Kind::all: return std::ranges::all_of(node.children, matches_nothing);
    case Node::Kind::negation: return !matches_nothing(node.children.front());
    default: return false;
  }
}

std::string render(const QueryError& error, std::string_view query) {
  constexpr std::size_t kBefore = 300;
  constexpr std::size_t kBehind = 300;
  const std::size_t offset = std::min(error.offset, query.size());
  const std::size_t newline = query.substr(0, offset).rfind('\n');
  std::size_t start = newline == std::string_view::npos ? 0 : newline + 1;
  std::size_t end = std::min(query.find('\n', offset), query.size());
  // Of a long line, show only the part around the error.
  const auto inside_character = [&](std::size_t at) {
    return at < query.size() && (static_cast<unsigned char>(query[at]) & 0xC0U) == 0x80U;
  };
  const bool cut_before = offset - start > kBefore;
  if (cut_before) start = offset - kBefore;
  while (cut_before && start < offset && inside_character(start)) ++start;
  const bool cut_behind = end - offset > kBehind;
  if (cut_behind) end = offset + kBehind;
  while (cut_behind && inside_character(end)) ++end;
  const std::string_view line = query.substr(start, end - start);
  std::size_t column = cut_before ? 1 : 0;
  for (std::size_t pos = 0; pos < offset - start; ++column) next_code_point(line, pos);
  std::string out = error.message + "\n    " + (cut_before ? "…" : "") + printable(line, 2000) +
                    (cut_behind ? "…" : "") + "\n    " + std::string(column, ' ') + '^';
  for (const std::string& reading : error.readings) out += "\n    perhaps: " + printable(reading, 2000);
  return out;
}

}  // namespace pw::query
