#pragma once
/// Splits a query into tokens for the parser. Private to query. Any thread.

#include "query/query.hpp"

namespace pw::query {

/// A token of a query. Which members are used depends on `kind`.
struct Lexeme {
  enum class Kind : std::uint8_t {
    open,
    close,
    word,
    phrase,
    exact,
    range,
    and_,
    or_,
    not_,
    near,
    same_field,  ///< both operands in the title, or both in the text
    at_least,
    end
  };

  Kind kind = Kind::end;
  std::size_t offset = 0;
  std::size_t end = 0;          ///< offset of the byte after it
  std::string text;             ///< of word, phrase, exact and range: without delimiters, but with * and ?
  std::string until;            ///< of range: its upper end
  std::string field;            ///< "title" for title:…; also before a bracket
  Reach reach = Reach::tokens;  ///< of near
  bool ordered = false;         ///< of near
  bool has_slop = false;        ///< "…"~n
  std::uint32_t n = 0;          ///< of near, at_least, and slop
  double weight = 1;            ///< ^n, also after a bracket
};

/// Lexical differences of other products with similar syntax.
struct Marks {
  bool social = false;  ///< # does not start a comment
};

/// The tokens of a query, terminated by one of kind `end`. Throws Refusal.
std::vector<Lexeme> lex(std::string_view query, Marks marks = {});

}  // namespace pw::query
