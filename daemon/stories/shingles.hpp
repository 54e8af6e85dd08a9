#pragma once
/// Represents a text as the set of its three-word shingles, which near-duplicates share and other texts do not. Pure
/// functions; any thread.

#include "core/codec/hash.hpp"
#include "core/text.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace pw::stories {

/// The role of a character in words.
enum class WordPart { none, letter, whole_word };

/// White space and punctuation are not part of a word. Each ideograph or kana is a word of its own, because those
/// scripts are written without spaces. All other non-ASCII characters count as letters.
constexpr WordPart word_part(char32_t c) noexcept {
  const auto within = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
  if (c < 0x80) {
    const bool letter = within('a', 'z') || within('A', 'Z') || within('0', '9');
    return letter ? WordPart::letter : WordPart::none;
  }
  if (within(0x3040, 0x30ff) || within(0x3400, 0x9fff) || within(0xf900, 0xfaff) || within(0x20000, 0x3ffff)) {
    return WordPart::whole_word;
  }
  const bool mark = within(0x80, 0xbf) || c == 0xd7 || c == 0xf7 || within(0x2000, 0x2bff) || within(0x2e00, 0x2e7f) ||
                    within(0x3000, 0x303f) || within(0xfe10, 0xfe6f) || within(0xff00, 0xff0f) ||
                    within(0xff1a, 0xff20) || c == 0xfeff || c == 0xfffd;
  return mark ? WordPart::none : WordPart::letter;
}

/// Calls `take` with the hash of every sequence of three words in `text`; a shorter text is a single sequence. Ignores
/// the case of ASCII letters. Linear time.
template <class Take>
void for_each_shingle(std::string_view text, const Take& take) {
  constexpr std::size_t kWords = 3;
  std::array<std::uint64_t, kWords> last{};
  std::size_t words = 0;
  std::uint64_t word = kFnvStart;
  const auto shingle = [&] { return mix(mix(mix(last[0]) + last[1]) + last[2]); };
  const auto end_word = [&] {
    if (word == kFnvStart) return;
    last = {last[1], last[2], mix(word)};
    word = kFnvStart;
    if (++words >= kWords) take(shingle());
  };
  for (std::size_t pos = 0; pos < text.size();) {
    const char32_t c = next_code_point(text, pos);
    const WordPart part = word_part(c);
    if (part != WordPart::letter) end_word();
    if (part == WordPart::none) continue;
    const char32_t folded = c >= 'A' && c <= 'Z' ? c + 32 : c;
    word = fnv_step(word, folded);
    if (part == WordPart::whole_word) end_word();
  }
  end_word();
  if (words > 0 && words < kWords) take(shingle());
}

}  // namespace pw::stories
