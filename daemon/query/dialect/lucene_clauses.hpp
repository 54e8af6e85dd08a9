#pragma once
/// Lucene's clauses as lexemes with brackets. Private to match/.

#include "query/lexer.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace pw::query {

/// A term or group of a level, and what stands before it.
struct Clause {
  enum class Joined : std::uint8_t { nothing, and_, or_ };
  enum class Sign : std::uint8_t { none, must, must_not };

  Joined joined = Joined::nothing;
  Sign sign = Sign::none;
  Lexeme term;                ///< of kind open for a group
  std::vector<Clause> group;  ///< its clauses
  std::size_t operator_at = 0;
  std::size_t operator_end = 0;
  std::size_t offset = 0;  ///< of the sign or the term
  std::size_t end = 0;
};
using Clauses = std::vector<Clause>;

/// What must be there joined by AND; if nothing must, what may be there joined by OR; and what must not under NOT.
/// Beside something that must, what may be there only adds to the score: a OR (a AND b). Throws Refusal for AND beside
/// clauses that neither must nor must not, and where only NOT is left.
void append_clauses(std::vector<Lexeme>& out, const Clauses& clauses, std::string_view query);

}  // namespace pw::query
