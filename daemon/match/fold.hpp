#pragma once
/// Folding: what two spellings of one word have in common (docs/watchlists.md, "What counts as the same word").

#include <array>
#include <cstdint>
#include <span>

namespace pw::match {

enum class CharKind : std::uint8_t {
  separator,   ///< ends a token
  apostrophe,  ///< ends a token; a possessive "s" behind it is dropped
  word,        ///< letters and digits of scripts with spaces
  katakana,    ///< a run of it is one token
  single,      ///< scripts without spaces: one token a letter
  mark,        ///< stays with the letter before it
};

/// One code point after folding.
struct FoldedChar {
  char32_t c = 0;
  CharKind kind = CharKind::separator;
};

/// NFKC_Casefold without diacritics and with a few letters made one, of one code point: none, one or some characters.
/// The span lives as long as the program. Tables are made from ICU page by page when first asked for; any thread.
std::span<const FoldedChar> fold(char32_t c);

/// The canonical composition of two folded characters (kana voicing, Hangul), or 0.
char32_t compose(char32_t first, char32_t second);

/// What a folded character is.
CharKind kind_of(char32_t c);

}  // namespace pw::match
