#include "query/dialect/lucene_clauses.hpp"

#include "core/text.hpp"
#include "query/dialect/dialect_lexemes.hpp"
#include "query/refusal.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

namespace pw::query {
namespace {

using Kind = Lexeme::Kind;
using Sign = Clause::Sign;
using Joined = Clause::Joined;

/// Optional clauses are written twice, so nesting could otherwise grow the query exponentially.
constexpr std::size_t kMaxLexemes = 200'000;

/// As in the classic parser: AND makes the clauses on both sides required.
std::vector<Sign> signs_of(const Clauses& clauses) {
  std::vector<Sign> out;
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    const bool joined = clauses[i].joined == Joined::and_;
    if (joined && out.back() == Sign::none) out.back() = Sign::must;
    out.push_back(clauses[i].sign == Sign::none && joined ? Sign::must : clauses[i].sign);
  }
  return out;
}

/// Lucene's own parsers disagree on AND next to OR, and the classic parser's reading is hardly ever what is meant.
[[noreturn]] void refuse_mixture(const Clauses& clauses, std::size_t at, std::string_view query) {
  const auto source = [&](std::size_t from, std::size_t to) {
    return std::string(trim(query.substr(from, to - from)));
  };
  const std::string left = source(clauses.front().offset, clauses[at].operator_at);
  const std::string right = source(clauses[at].offset, clauses.back().end);
  std::vector<std::string> readings;
  if (clauses[at].joined == Joined::or_ || clauses[at].joined == Joined::nothing) {
    readings.push_back(fmt::format("({}) OR ({})", left, right));
  }
  if (clauses[at].joined != Joined::or_) readings.push_back(fmt::format("({}) AND ({})", left, right));
  if (clauses.size() == 3 && clauses[1].joined == Joined::and_) {
    const std::string first = source(clauses[0].offset, clauses[0].end);
    const std::string rest =
        source(clauses[1].offset, clauses[1].end) + " OR " + source(clauses[2].offset, clauses[2].end);
    readings.push_back(fmt::format("{} AND ({})", first, rest));
  }
  refuse(clauses[at].operator_at,
         "AND and OR (or two words without an operator) are side by side; Lucene's own parsers disagree on what that "
         "means",
         std::move(readings));
}

void append_operand(std::vector<Lexeme>& out, const Clause& clause, std::string_view query) {
  if (out.size() > kMaxLexemes)
    refuse(clause.offset, "the query becomes too large when its optional words are expanded");
  if (clause.term.kind != Kind::open) {
    if (clause.term.has_slop) {
      append_sloppy(out, clause.term);
    } else {
      out.push_back(clause.term);
    }
    return;
  }
  Lexeme open = mark(Kind::open, clause.term);
  open.field = clause.term.field;
  out.push_back(std::move(open));
  append_clauses(out, clause.group, query);
  Lexeme close = mark(Kind::close, clause.term);
  close.weight = clause.term.weight;
  out.push_back(std::move(close));
}

void append_joined(std::vector<Lexeme>& out, const std::vector<const Clause*>& clauses, Kind op,
                   std::string_view query) {
  const Lexeme& at = clauses.front()->term;
  out.push_back(mark(Kind::open, at));
  for (const Clause* clause : clauses) {
    if (clause != clauses.front()) out.push_back(mark(op, clause->term));
    append_operand(out, *clause, query);
  }
  out.push_back(mark(Kind::close, at));
}

}  // namespace

void append_clauses(std::vector<Lexeme>& out, const Clauses& clauses, std::string_view query) {
  const auto signs = signs_of(clauses);
  std::vector<const Clause*> must;
  std::vector<const Clause*> may;
  std::vector<const Clause*> must_not;
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    (signs[i] == Sign::must ? must : (signs[i] == Sign::none ? may : must_not)).push_back(&clauses[i]);
  }
  const bool has_and = std::ranges::any_of(clauses, [](const Clause& one) { return one.joined == Joined::and_; });
  if (has_and && !may.empty()) {
    const auto at = static_cast<std::size_t>(may.front() - clauses.data());
    refuse_mixture(clauses, std::max<std::size_t>(at, 1), query);
  }
  if (must.empty() && may.empty()) {
    refuse(clauses.front().offset, "the query only has words that must not occur; Lucene finds nothing for that",
           {"word -" + std::string(trim(query.substr(clauses.front().term.offset,
                                                     clauses.front().end - clauses.front().term.offset)))});
  }
  const Lexeme& at = (must.empty() ? may : must).front()->term;
  out.push_back(mark(Kind::open, at));
  append_joined(out, must.empty() ? may : must, must.empty() ? Kind::or_ : Kind::and_, query);
  if (!must.empty() && !may.empty()) {
    out.push_back(mark(Kind::or_, at));
    out.push_back(mark(Kind::open, at));
    append_joined(out, must, Kind::and_, query);
    out.push_back(mark(Kind::and_, at));
    append_joined(out, may, Kind::or_, query);
    out.push_back(mark(Kind::close, at));
  }
  out.push_back(mark(Kind::close, at));
  for (const Clause* clause : must_not) {
    out.push_back(mark(Kind::not_, clause->term));
    append_operand(out, *clause, query);
  }
}

}  // namespace pw::query
