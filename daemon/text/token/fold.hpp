#pragma once
/// Folding: what two spellings of one word have in common (docs/watchlists.md, "What counts as the same word").

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace pw::text {

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

/// The folded forms of 256 neighbours.
struct FoldPage {
  static constexpr std::size_t kSize = 256;
  static constexpr std::size_t kPages = 0x110000 / kSize;

  std::array<std::uint32_t, kSize + 1> starts{};
  std::vector<FoldedChar> chars;
};
/// nullptr: not made yet.
extern std::array<std::atomic<const FoldPage*>, FoldPage::kPages> fold_pages;
const FoldPage& make_fold_page(std::size_t number);

/// NFKC_Casefold without diacritics and with a few letters made one, of one code point: none, one or some characters.
/// The span lives as long as the program. Tables are made from ICU page by page when first asked for; any thread.
inline std::span<const FoldedChar> fold(char32_t c) {
  if (c > 0x10FFFF) c = 0xFFFD;
  const std::size_t number = c / FoldPage::kSize;
  const FoldPage* known = fold_pages[number].load(std::memory_order_acquire);
  const FoldPage& page = known != nullptr ? *known : make_fold_page(number);
  const std::size_t i = c % FoldPage::kSize;
  return {page.chars.data() + page.starts[i], page.chars.data() + page.starts[i + 1]};
}

/// The canonical composition of two folded characters (kana voicing, Hangul), or 0.
char32_t compose(char32_t first, char32_t second);

/// What a folded character is.
CharKind kind_of(char32_t c);

}  // namespace pw::text
