#pragma once
/// Splits a date into tokens: folded words, numbers and punctuation. Private to text/date.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pw::text::date {

enum class Kind : std::uint8_t { number, word, mark };

/// A word, number or punctuation mark.
struct Token {
  Kind kind = Kind::mark;
  std::string text;           ///< folded word, digits, or one code point
  std::int64_t value = 0;     ///< value of a number with at most 18 digits, otherwise -1
  bool space_before = false;  ///< preceded by white space
  bool used = false;          ///< consumed as part of a time or zone

  [[nodiscard]] bool is(std::string_view s) const { return text == s; }
  [[nodiscard]] std::size_t digits() const { return kind == Kind::number ? text.size() : 0; }
};

/// Lower-cases, strips accents, and maps compatibility forms and non-ASCII digits to plain ones. Applied to both the
/// name tables and the input.
std::string fold(std::string_view text);

/// Splits folded text into tokens. Han text is split into known two-character words, otherwise into single characters.
std::vector<Token> tokenize(std::string_view folded);

}  // namespace pw::text::date
