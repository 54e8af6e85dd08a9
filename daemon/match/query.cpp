#include "match/query.hpp"

#include "core/text.hpp"
#include "match/dialect_lexemes.hpp"
#include "match/lexer.hpp"
#include "match/names.hpp"
#include "match/parser.hpp"
#include "match/refusal.hpp"
#include "match/scan.hpp"

#include <algorithm>

namespace pw::match {
namespace {

/// The parts of a keyword that stand between "|" and ",", quotes kept together.
std::vector<std::string_view> split_keyword(std::string_view keyword) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  for (std::size_t pos = 0; pos <= keyword.size(); ++pos) {
    if (pos < keyword.size()) {
      if (const Quote* quote = quote_at(keyword.substr(pos))) {
        const std::size_t end = keyword.find(quote->close, pos + quote->open.size());
        if (end != std::string_view::npos) pos = end + quote->close.size() - 1;
        continue;
      }
      if (keyword[pos] != '|' && keyword[pos] != ',') continue;
    }
    const std::string_view part = trim(keyword.substr(begin, pos - begin));
    if (!part.empty()) out.push_back(part);
    begin = pos + 1;
  }
  return out;
}

Read read_dialect(std::string_view query, Dialect dialect) {
  switch (dialect) {
    case Dialect::lexis: return read_lexis(query);
    case Dialect::meltwater: return read_meltwater(query);
    case Dialect::brandwatch: return read_brandwatch(query);
    case Dialect::lucene: return read_lucene(query);
    case Dialect::presswatch: break;
  }
  return {lex(query), &presswatch_grammar()};
}

Lexeme keyword_lexeme(std::string_view word) {
  Lexeme one;
  one.kind = Lexeme::Kind::phrase;
  if (word.size() > 2 && word.front() == '{' && word.back() == '}') {
    one.kind = Lexeme::Kind::exact;
    word = word.substr(1, word.size() - 2);
  } else if (const Quote* quote = quote_at(word); quote != nullptr && word.size() > quote->open.size()) {
    word.remove_prefix(quote->open.size());
    if (word.ends_with(quote->close)) word.remove_suffix(quote->close.size());
  }
  one.text = std::string(trim(word));
  return one;
}

}  // namespace

std::variant<Node, QueryError> parse_query(std::string_view query, const NameTable& names, Dialect dialect) {
  if (query.size() > kMaxQueryBytes) return QueryError{"the query is over 64 KiB", kMaxQueryBytes, {}};
  try {
    Read read = read_dialect(query, dialect);
    return parse(std::move(read.lexemes), query, *read.grammar, names);
  } catch (Refusal& refusal) {
    return std::move(refusal.error);
  }
}

std::variant<Node, QueryError> parse_query(std::string_view query, const Names& names, Dialect dialect) {
  return parse_query(query, NameTable(names), dialect);
}

std::variant<Node, QueryError> parse_keywords(const std::vector<std::string>& keywords, const NameTable& names) {
  Node all;
  all.kind = Node::Kind::any;
  TermReader terms(names);
  for (const std::string& keyword : keywords) {
    try {
      const auto parts = split_keyword(keyword);
      if (parts.empty()) refuse(0, "there is no letter or digit in this term");
      for (const std::string_view part : parts) all.children.push_back(terms.read(keyword_lexeme(part)));
    } catch (Refusal& refusal) {
      refusal.error.message = "keyword \"" + printable(keyword) + "\": " + refusal.error.message;
      refusal.error.offset = 0;
      return std::move(refusal.error);
    }
  }
  if (all.children.empty()) return QueryError{"there are no keywords", 0, {}};
  if (all.children.size() == 1) return std::move(all.children.front());
  return all;
}

std::variant<Node, QueryError> parse_keywords(const std::vector<std::string>& keywords, const Names& names) {
  return parse_keywords(keywords, NameTable(names));
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
  const std::size_t offset = std::min(error.offset, query.size());
  const std::size_t newline = query.substr(0, offset).rfind('\n');
  const std::size_t start = newline == std::string_view::npos ? 0 : newline + 1;
  const std::string_view line = query.substr(start, std::min(query.find('\n', offset), query.size()) - start);
  std::size_t column = 0;
  for (std::size_t pos = 0; pos < offset - start; ++column) next_code_point(line, pos);
  std::string out = error.message + "\n    " + printable(line, 2000) + "\n    " + std::string(column, ' ') + '^';
  for (const std::string& reading : error.readings) out += "\n    perhaps: " + printable(reading, 2000);
  return out;
}

}  // namespace pw::match
