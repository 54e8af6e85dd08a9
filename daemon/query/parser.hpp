#pragma once
/// Lexemes to a tree, by the precedence of a dialect. Private to match/.

#include "query/terms.hpp"

#include <string_view>
#include <vector>

namespace pw::query {

/// What a dialect makes of its operators.
struct Grammar {
  /// How strongly an operator binds (1 or more); near is asked with its distance.
  int (*strength)(const Lexeme& op) = nullptr;
  /// AND beside OR without brackets is an error that shows both readings.
  bool refuse_mixture = true;
  /// a NEAR/5 b NEAR/5 c is read from the left; else it is an error.
  bool chain_near = false;
  /// What stands behind a NOT is read as far as operators bind this strongly.
  int not_strength = 3;
};

/// The grammar of the default dialect: OR, then AND and NOT, then NEAR.
const Grammar& presswatch_grammar();

/// Throws Refusal.
Node parse(std::vector<Lexeme> lexemes, std::string_view query, const Grammar& grammar, const NameTable& names);

}  // namespace pw::query
