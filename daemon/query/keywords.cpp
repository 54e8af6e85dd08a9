/// The simple form of a watchlist: words and phrases, any of which matches. Query syntax is rejected, because its
/// operators would be treated as words.

#include "core/text.hpp"
#include "query/foreign.hpp"
#include "query/lexer.hpp"
#include "query/names.hpp"
#include "query/query.hpp"
#include "query/refusal.hpp"
#include "query/scan.hpp"
#include "query/terms.hpp"

#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>

#include <algorithm>
#include <array>

namespace pw::query {
namespace {

/// Splits a keyword at "|" and ",", except inside quotes.
std::vector<std::string_view> split_keyword(std::string_view keyword) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  for (std::size_t pos = 0; pos <= keyword.size(); ++pos) {
    if (pos < keyword.size()) {
      if (const Quote* quote = quote_at(keyword, pos)) {
        const auto close = closing_of(*quote, keyword, pos + quote->open.size());
        if (close) pos = close->at + close->length - 1;
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

[[noreturn]] void refuse_query(std::string_view what) {
  refuse(0,
         fmt::format("a keyword is a word or a phrase, and {} only has a meaning in a query: use query =, or put the "
                     "keyword in quotes if it is text",
                     printable(what)));
}

bool is_operator(std::string_view word) {
  constexpr std::array<std::string_view, 8> kOperators{"AND", "OR", "NOT", "NEAR", "ONEAR", "&&", "/s", "/p"};
  if (std::ranges::find(kOperators, word) != kOperators.end()) return true;
  return word.starts_with("NEAR/") || word.starts_with("ONEAR/") || is_foreign_distance(ascii_lower(word));
}

void check_word(std::string_view word, std::string_view part) {
  if (word != part && is_operator(word)) refuse_query(word);
  const std::size_t minus = minus_length(word);
  if (minus > 0 && minus < word.size()) refuse_query(word.substr(0, minus));
  if (word.size() > 1 && word.front() == '+') refuse_query("+");
  if (is_at_least(ascii_lower(word))) refuse_query(word);
  if (const std::size_t field = field_length(word)) refuse_query(word.substr(0, field + 1));
  const std::size_t mark = word.find_first_of("(){}[]^~");
  if (mark != std::string_view::npos) refuse_query(word.substr(mark, 1));
  const auto at = static_cast<std::size_t>(word.data() - part.data());
  refuse_foreign_marks(word, at, part);
}

/// Checks each word of an unquoted part.
void check_words(std::string_view part) {
  for (std::size_t at = 0; at < part.size();) {
    const std::string_view rest = part.substr(at);
    if (const std::size_t space = space_length(rest) + invisible_length(rest)) {
      at += space;
      continue;
    }
    std::size_t end = at;
    while (end < part.size() && space_length(part.substr(end)) == 0) ++end;
    check_word(without_invisible_end(part.substr(at, end - at)), part);
    at = end;
  }
}

Lexeme keyword_lexeme(std::string_view part) {
  Lexeme one;
  one.kind = Lexeme::Kind::phrase;
  if (part.size() > 2 && part.front() == '{' && part.find('}') == part.size() - 1) {
    one.kind = Lexeme::Kind::exact;
    part = part.substr(1, part.size() - 2);
  } else if (const Quote* quote = quote_at(part, 0)) {
    const auto close = closing_of(*quote, part, quote->open.size());
    if (!close) refuse(0, "missing closing quote");
    const std::string_view behind = part.substr(close->at + close->length);
    if (!behind.empty()) refuse_query(behind);
    part = part.substr(quote->open.size(), close->at - quote->open.size());
  } else {
    check_words(part);
  }
  one.text = std::string(trim(part));
  return one;
}

}  // namespace

std::variant<Node, QueryError> parse_keywords(const std::vector<std::string>& keywords, const NameTable& names) {
  Node all;
  all.kind = Node::Kind::any;
  TermReader terms(names);
  for (const std::string& keyword : keywords) {
    try {
      const auto parts = split_keyword(keyword);
      if (parts.empty()) refuse(0, "this term has no letters or digits");
      for (const std::string_view part : parts) all.children.push_back(terms.read(keyword_lexeme(part)));
    } catch (Refusal& refusal) {
      QueryError error{fmt::format("keyword \"{}\": {}", printable(keyword), refusal.error.message), 0, {}};
      // There is no query line under which to show them.
      if (!refusal.error.readings.empty())
        error.message += fmt::format("; perhaps {}", fmt::join(refusal.error.readings, " or "));
      return error;
    }
  }
  if (all.children.empty()) return QueryError{"no keywords", 0, {}};
  if (all.children.size() == 1) return std::move(all.children.front());
  return all;
}

}  // namespace pw::query
