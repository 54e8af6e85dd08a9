#include "text/token/fold.hpp"

#include "core/mutex.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

namespace pw::text {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Scripts written without spaces: Han and Hiragana, Thai, Lao, Khmer, Burmese (letters only).
constexpr std::array kUnspaced{
    Range{0x3005, 0x3007}, Range{0x3021, 0x3029}, Range{0x3041, 0x3096},   Range{0x309D, 0x309F}, Range{0x3400, 0x4DBF},
    Range{0x4E00, 0x9FFF}, Range{0xF900, 0xFAFF}, Range{0x20000, 0x3FFFF}, Range{0x0E01, 0x0E30}, Range{0x0E32, 0x0E33},
    Range{0x0E40, 0x0E46}, Range{0x0E81, 0x0EB0}, Range{0x0EB2, 0x0EB3},   Range{0x0EBD, 0x0EC6}, Range{0x0EDC, 0x0EDF},
    Range{0x1780, 0x17B3}, Range{0x17D7, 0x17D7}, Range{0x17DC, 0x17DC},   Range{0x1000, 0x102A}, Range{0x103F, 0x103F},
    Range{0x1050, 0x1055}, Range{0x105A, 0x105D}, Range{0x1061, 0x1061},   Range{0x1065, 0x1066}, Range{0x106E, 0x1070},
    Range{0x1075, 0x1081}, Range{0x108E, 0x108E}, Range{0xA9E0, 0xA9E4},   Range{0xA9E6, 0xA9EF}, Range{0xAA60, 0xAA76},
};
constexpr std::array kKatakana{Range{0x30A1, 0x30FA}, Range{0x30FC, 0x30FF}, Range{0x31F0, 0x31FF},
                               Range{0x1B164, 0x1B167}};

// Letters that have no decomposition but are commonly typed without their stroke, or replaced (schwa), and variants of
// one Arabic letter.
constexpr std::array<std::pair<char32_t, std::u32string_view>, 18> kLetters{{{0x00F8, U"o"},
                                                                             {0x0142, U"l"},
                                                                             {0x0111, U"d"},
                                                                             {0x00F0, U"d"},
                                                                             {0x00FE, U"th"},
                                                                             {0x0127, U"h"},
                                                                             {0x0167, U"t"},
                                                                             {0x0131, U"i"},
                                                                             {0x00E6, U"ae"},
                                                                             {0x0153, U"oe"},
                                                                             {0x0259, U"e"},
                                                                             {0x06CC, U"\u064A"},
                                                                             {0x0649, U"\u064A"},
                                                                             {0x06A9, U"\u0643"},
                                                                             {0x0629, U"\u0647"},
                                                                             {0x06C1, U"\u0647"},
                                                                             {0x06D5, U"\u0647"},
                                                                             {0x0640, U""}}};

template <std::size_t N>
bool in(const std::array<Range, N>& ranges, char32_t c) {
  return std::ranges::any_of(ranges, [c](const Range& range) { return c >= range.first && c <= range.last; });
}

/// Signs that NFKC would attach to the preceding word (TM, superscript digits).
bool is_glued_sign(char32_t c) {
  return c == 0x2120 || c == 0x2122 || c == 0xB2 || c == 0xB3 || c == 0xB9 || (c >= 0x2070 && c <= 0x209C);
}

/// Marks that people omit in writing. Kana voicing marks and the vowel signs of Indic scripts and Thai are not among
/// them: they distinguish words.
bool is_diacritic(char32_t c) {
  const int ccc = u_getCombiningClass(static_cast<UChar32>(c));
  return ccc == 1 || ccc == 7 || (ccc >= 10 && ccc <= 36) || (ccc >= 200 && ccc <= 240);
}

struct Normalizers {
  const icu::Normalizer2* casefold = nullptr;
  const icu::Normalizer2* nfd = nullptr;
  const icu::Normalizer2* nfc = nullptr;
};

const Normalizers& normalizers() {
  static const Normalizers all = [] {
    UErrorCode status = U_ZERO_ERROR;
    const Normalizers made{icu::Normalizer2::getNFKCCasefoldInstance(status), icu::Normalizer2::getNFDInstance(status),
                           icu::Normalizer2::getNFCInstance(status)};
    if (U_FAILURE(status)) throw std::runtime_error("ICU's normalisation data is missing");
    return made;
  }();
  return all;
}

/// Decimal digits of every script are one set of digits.
char32_t plain_digit(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  return u_charType(point) == U_DECIMAL_DIGIT_NUMBER ? U'0' + static_cast<char32_t>(u_charDigitValue(point)) : c;
}

std::vector<FoldedChar> fold_by_icu(char32_t c) {
  if (is_glued_sign(c)) return {{U' ', CharKind::separator}};
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString text(static_cast<UChar32>(c));
  text = normalizers().casefold->normalize(text, status);
  text = normalizers().nfd->normalize(text, status);
  icu::UnicodeString kept;
  for (int i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    if (!is_diacritic(static_cast<char32_t>(text.char32At(i)))) kept.append(text.char32At(i));
  }
  text = normalizers().nfc->normalize(kept, status);
  std::vector<FoldedChar> out;
  for (int i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const char32_t one = plain_digit(static_cast<char32_t>(text.char32At(i)));
    const auto* letter = std::ranges::find(kLetters, one, &std::pair<char32_t, std::u32string_view>::first);
    if (letter == kLetters.end()) {
      out.push_back({one, kind_of(one)});
    } else {
      for (const char32_t plain : letter->second) out.push_back({plain, kind_of(plain)});
    }
  }
  return out;
}

std::unique_ptr<FoldPage> fold_page_by_icu(std::size_t number) {
  auto page = std::make_unique<FoldPage>();
  for (std::size_t i = 0; i < FoldPage::kSize; ++i) {
    page->starts[i] = static_cast<std::uint32_t>(page->chars.size());
    const auto c = static_cast<char32_t>(number * FoldPage::kSize + i);
    const bool surrogate = c >= 0xD800 && c <= 0xDFFF;
    const auto folded = surrogate ? std::vector<FoldedChar>{} : fold_by_icu(c);
    page->chars.insert(page->chars.end(), folded.begin(), folded.end());
  }
  page->starts[FoldPage::kSize] = static_cast<std::uint32_t>(page->chars.size());
  return page;
}

}  // namespace

constinit std::array<std::atomic<const FoldPage*>, FoldPage::kPages> fold_pages{};

const FoldPage& make_fold_page(std::size_t number) {
  static Mutex making;
  static std::vector<std::unique_ptr<const FoldPage>> owned PW_GUARDED_BY(making);
  const MutexLock lock(making);
  const FoldPage* page = fold_pages[number].load(std::memory_order_acquire);
  if (page == nullptr) {
    owned.push_back(fold_page_by_icu(number));
    page = owned.back().get();
    fold_pages[number].store(page, std::memory_order_release);
  }
  return *page;
}

char32_t compose(char32_t first, char32_t second) {
  const UChar32 composed = normalizers().nfc->composePair(static_cast<UChar32>(first), static_cast<UChar32>(second));
  return composed < 0 ? 0 : static_cast<char32_t>(composed);
}

CharKind kind_of(char32_t c) {
  if (c == U'\'' || c == 0x2019 || c == 0x02BC) return CharKind::apostrophe;
  const auto mask = U_GET_GC_MASK(static_cast<UChar32>(c));
  if ((mask & U_GC_M_MASK) != 0) return CharKind::mark;
  if ((mask & (U_GC_L_MASK | U_GC_N_MASK)) == 0) return CharKind::separator;
  if (in(kUnspaced, c)) return CharKind::single;
  return in(kKatakana, c) ? CharKind::katakana : CharKind::word;
}

}  // namespace pw::text
