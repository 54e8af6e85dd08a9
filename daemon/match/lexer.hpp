#pragma once
/// Cuts a query into its marks and words. Private to match/.

#include "match/query.hpp"

namespace pw::match {

struct Lexeme {
  enum class Kind : std::uint8_t { open, close, word, phrase, exact, and_, or_, not_, near, at_least, end };

  Kind kind = Kind::end;
  std::size_t offset = 0;
  std::string text;       ///< of word, phrase, exact: without marks
  std::string field;      ///< "title" of title:…; also before a bracket
  bool prefix = false;    ///< ends in *
  bool ordered = false;   ///< of near
  bool has_slop = false;  ///< "…"~n
  std::uint32_t n = 0;    ///< of near, at_least, and slop
  double weight = 1;      ///< ^n
};

/// All lexemes, ended by one of kind `end`.
std::variant<std::vector<Lexeme>, QueryError> lex(std::string_view query);

}  // namespace pw::match
