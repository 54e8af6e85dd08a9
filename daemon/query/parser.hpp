#pragma once
/// Builds the tree from lexemes, with the operator precedence of a dialect. Private to query. Any thread.

#include "query/terms.hpp"

#include <string_view>
#include <vector>

namespace pw::query {

/// The grammar of a dialect.
struct Grammar {
  /// The precedence of an operator, 1 or more. That of `near` may depend on its distance.
  int (*strength)(const Lexeme& op) = nullptr;
  /// If true, AND next to OR without brackets is an error that shows both readings.
  bool refuse_mixture = true;
  /// If true, a NEAR/5 b NEAR/5 c is parsed from the left; otherwise it is an error.
  bool chain_near = false;
  /// The operand of NOT extends over operators with at least this precedence.
  int not_strength = 3;
};

/// The grammar of the default dialect. Precedence: OR lowest, then AND and NOT, then NEAR.
const Grammar& presswatch_grammar();

/// Throws Refusal if the query is malformed.
Node parse(std::vector<Lexeme> lexemes, std::string_view query, const Grammar& grammar, const NameTable& names);

}  // namespace pw::query
