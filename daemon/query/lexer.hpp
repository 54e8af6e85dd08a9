#pragma once
/// Marks and words of a query, as the parser takes them. Private to match/.

#include "query/query.hpp"

namespace pw::query {

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
    same_field,  ///< both sides in the title, or both in the text
    at_least,
    end
  };

  Kind kind = Kind::end;
  std::size_t offset = 0;
  std::size_t end = 0;          ///< the byte behind it
  std::string text;             ///< of word, phrase, exact, range: without marks around it; * and ? stand in it
  std::string until;            ///< of range
  std::string field;            ///< "title" of title:…; also before a bracket
  Reach reach = Reach::tokens;  ///< of near
  bool ordered = false;         ///< of near
  bool has_slop = false;        ///< "…"~n
  std::uint32_t n = 0;          ///< of near, at_least, and slop
  double weight = 1;            ///< ^n, also behind a bracket
};

/// What the products whose queries look like ours read differently.
struct Marks {
  bool social = false;  ///< a # begins no comment
};

/// All lexemes, ended by one of kind `end`. Throws Refusal.
std::vector<Lexeme> lex(std::string_view query, Marks marks = {});

}  // namespace pw::query
