#include "query/manual.hpp"

#include "core/roff.hpp"
#include "query/dialect/dialect.hpp"
#include "query/fields.hpp"
#include "query/query.hpp"
#include "query/syntax.hpp"

#include <spdlog/fmt/fmt.h>

#include <span>
#include <string_view>
#include <variant>

namespace pw::query {
namespace {

constexpr std::string_view kIntroduction =
    ".SH NAME\npresswatch\\-query \\- the query language of watchlists\n"
    ".SH DESCRIPTION\n"
    "The\n.B query\nof a watchlist (see\n.BR presswatch.toml (5))\n"
    "says which articles it matches. A query that is ambiguous, or that can never match, is refused with a caret at "
    "the\n"
    "position and ways to write what may have been meant.\n"
    ".PP\n.nf\n"
    "presswatch query explain \\(aqQUERY\\(aq                  how it is read, and what it costs\n"
    "presswatch query explain \\(aqQUERY\\(aq \\-\\-on FILE        why it matches an article, or why not\n"
    "presswatch query translate \\-\\-from lexis \\(aqQUERY\\(aq   convert a query of another product\n"
    "presswatch query check FILE...                   report every invalid query\n"
    ".fi\n"
    ".PP\n"
    "Case, accents and similar differences do not matter, except in braces. A word is a sequence of letters, digits "
    "and\n"
    "marks; everything else separates words. There is no stemming: Azerbaijan does not match Azerbaijani, Azerbaijan*\n"
    "does. A term that equals a name of the files of names matches each alias of that name.\n";

constexpr std::string_view kRules =
    ".SH RULES\n"
    "NEAR binds tightest, then NOT, AND and OR. AND next to OR within one pair of brackets is refused, and so are two\n"
    "terms without an operator between them, and several NEARs in a row without brackets.\n"
    ".PP\n"
    "Operators are upper case. In lower case, and, or, not and near are operators where one can stand; to search for "
    "the\n"
    "word, put it in quotes.\n"
    ".PP\n"
    "A query that matches an article without words, such as NOT oil, is refused.\n"
    ".PP\n"
    "A query has at most 64 KiB, 10,000 terms, and brackets nested 100 deep.\n";

std::string entry(const SyntaxRow& row) {
  return fmt::format(".TP\n.BR {}\n{}\n.br\nExample: {}\n", roff_argument(row.written), roff(row.meaning),
                     roff(row.example));
}

std::string entries(std::span<const SyntaxRow> rows) {
  std::string out;
  for (const SyntaxRow& row : rows) out += entry(row);
  return out;
}

std::string fields() {
  std::string out = ".SH FIELDS\nA field stands directly before its term, with a colon.\n";
  for (const FieldRow& field : kFields) {
    out += fmt::format(".TP\n.BR {}\n{}{}\n.br\nExample: {}\n", roff_argument(field.name), roff(field.meaning),
                       field.range ? " Also a range: [a TO b]." : "", roff(field.example));
  }
  return out + ".PP\nAn unknown property equals nothing: where the language is unknown, lang:fa is false.\n";
}

/// What the default dialect writes for it.
std::string ours(const Equivalent& row, Dialect dialect) {
  const auto parsed = parse_query(row.theirs, Names{}, dialect);
  const auto* node = std::get_if<Node>(&parsed);
  return node != nullptr ? to_query(*node) : std::get<QueryError>(parsed).message;
}

std::string dialect(const DialectRow& row) {
  std::string out = fmt::format(".SS {}\n", roff(row.name));
  if (!row.difference.empty()) out += roff(row.difference) + ".\n";
  for (const Equivalent& one : equivalents_of(row.name)) {
    out += fmt::format(".TP\n.BR {}\n{}{}\n", roff_argument(one.theirs), roff(ours(one, *dialect_named(row.name))),
                       one.note.empty() ? "" : fmt::format("\n.br\n({})", roff(one.note)));
  }
  return out;
}

std::string dialects() {
  std::string out =
      ".SH DIALECTS\nA query of another product can be used as it is with\n.B dialect\nin its watchlist. Below each "
      "example is\nthe query that it becomes. What cannot be expressed is refused.\n";
  for (const DialectRow& row : kDialects) {
    if (!equivalents_of(row.name).empty()) out += dialect(row);
  }
  return out;
}

}  // namespace

std::string manual() {
  std::string out = ".TH PRESSWATCH\\-QUERY 7 \"\" \"presswatch " PW_VERSION "\" \"File formats\"\n";
  out += kIntroduction;
  out += ".SH TERMS\n" + entries(kTerms) + ".SH OPERATORS\n" + entries(kOperators) + fields();
  out += kRules;
  return out + dialects() + ".SH SEE ALSO\n.BR presswatch (1),\n.BR presswatch.toml (5)\n";
}

}  // namespace pw::query
