#pragma once
/// The pieces that the date readers work on: folded words, numbers and punctuation. Private to parse/date*.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pw::text::date {

enum class Kind : std::uint8_t { number, word, mark };

struct Token {
  Kind kind = Kind::mark;
  std::string text;           ///< folded word, digits, or one code point
  std::int64_t value = 0;     ///< of a number of at most 18 digits, else -1
  bool space_before = false;  ///< white space stands before it
  bool used = false;          ///< already read as part of a time or zone

  [[nodiscard]] bool is(std::string_view s) const { return text == s; }
  [[nodiscard]] std::size_t digits() const { return kind == Kind::number ? text.size() : 0; }
};

/// Lower case without accents, compatibility forms and digits of other scripts made plain: both the names in the
/// tables and the input go through it.
std::string fold(std::string_view text);

/// Tokens of folded text. Han words are cut to the known two-sign words, else sign by sign.
std::vector<Token> tokenize(std::string_view folded);

}  // namespace pw::text::date
