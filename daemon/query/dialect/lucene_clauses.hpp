#pragma once
/// Translates Lucene's clauses to lexemes with brackets. Private to query/dialect. Any thread.

#include "query/lexer.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace pw::query {

/// A term or group, with the operator and sign before it.
struct Clause {
  enum class Joined : std::uint8_t { nothing, and_, or_ };
  enum class Sign : std::uint8_t { none, must, must_not };

  Joined joined = Joined::nothing;
  Sign sign = Sign::none;
  Lexeme term;                ///< of kind `open` for a group
  std::vector<Clause> group;  ///< the clauses of a group
  std::size_t operator_at = 0;
  std::size_t operator_end = 0;
  std::size_t offset = 0;  ///< of the sign, or else of the term
  std::size_t end = 0;
};
using Clauses = std::vector<Clause>;

/// Required clauses are joined by AND; if there are none, optional clauses are joined by OR; prohibited clauses go
/// under NOT. Next to required clauses, optional ones only affect the score: a OR (a AND b). Throws Refusal for AND
/// next to optional clauses, and if only prohibited clauses are left.
void append_clauses(std::vector<Lexeme>& out, const Clauses& clauses, std::string_view query);

}  // namespace pw::query
