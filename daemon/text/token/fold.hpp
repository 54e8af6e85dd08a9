#pragma once
/// Case and accent folding: maps different spellings of a word to one form (docs/watchlists.md, "What counts as the
/// same word"). Any thread.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace pw::text {

/// How a folded character takes part in tokens.
enum class CharKind : std::uint8_t {
  separator,   ///< ends a token
  apostrophe,  ///< ends a token; a possessive "s" after it is dropped
  word,        ///< letters and digits of scripts that use spaces
  katakana,    ///< a sequence of these is one token
  single,      ///< scripts without spaces: one token per letter
  mark,        ///< stays with the preceding letter
};

/// One code point after folding.
struct FoldedChar {
  char32_t c = 0;
  CharKind kind = CharKind::separator;
};

/// The folded forms of 256 consecutive code points.
struct FoldPage {
  static constexpr std::size_t kSize = 256;
  static constexpr std::size_t kPages = 0x110000 / kSize;

  std::array<std::uint32_t, kSize + 1> starts{};
  std::vector<FoldedChar> chars;
};
/// Filled on demand; nullptr: not built yet.
extern std::array<std::atomic<const FoldPage*>, FoldPage::kPages> fold_pages;
const FoldPage& make_fold_page(std::size_t number);

/// The folded form of one code point, of zero or more characters: NFKC_Casefold without diacritics, with some
/// variant letters unified, and with the digits of all scripts as 0 to 9. The span is valid for the lifetime of the
/// program. Pages of the table are built from ICU on first use. Throws std::runtime_error if ICU's normalisation data
/// is missing.
inline std::span<const FoldedChar> fold(char32_t c) {
  if (c > 0x10FFFF) c = 0xFFFD;
  const std::size_t number = c / FoldPage::kSize;
  const FoldPage* known = fold_pages[number].load(std::memory_order_acquire);
  const FoldPage& page = known != nullptr ? *known : make_fold_page(number);
  const std::size_t i = c % FoldPage::kSize;
  return {page.chars.data() + page.starts[i], page.chars.data() + page.starts[i + 1]};
}

/// The canonical composition of two folded characters (kana voicing, Hangul), or 0 if there is none.
char32_t compose(char32_t first, char32_t second);

/// The kind of a folded character.
CharKind kind_of(char32_t c);

}  // namespace pw::text
