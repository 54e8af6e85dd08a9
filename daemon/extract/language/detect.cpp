#include "extract/language/detect.hpp"

#include "core/text.hpp"
#include "extract/language/alphabets.hpp"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <array>
#include <limits>

namespace pw::extract {
namespace {

/// More text makes no measurable difference, and CLD2 takes 16 ns per byte.
constexpr std::size_t kMaxRead = 1'500;
constexpr std::size_t kEnoughForScript = 10;
constexpr std::size_t kEnoughForOwnLetters = 20;
constexpr std::size_t kEnough = 30;
constexpr int kMostOfIt = 70;
constexpr std::size_t kNever = std::numeric_limits<std::size_t>::max();

/// Languages that are confused in texts with fewer than `letters` letters.
struct Relatives {
  Script script;
  std::string_view languages;
  std::size_t letters;
};

constexpr std::array kRelatives{
    Relatives{Script::latin, " bs hr sh sr ", kNever}, Relatives{Script::latin, " id ms ", 600},
    Relatives{Script::latin, " da nb nn no sv ", 150}, Relatives{Script::latin, " ca es gl pt ", 80},
    Relatives{Script::latin, " cs sk ", 80},           Relatives{Script::latin, " af nl ", 80},
    Relatives{Script::cyrillic, " bg mk sr ", 100},    Relatives{Script::devanagari, " hi mr ne ", 80}};

struct Guess {
  std::string language;
  bool reliable = false;
};

std::string our_code(CLD2::Language language) {
  if (language == CLD2::UNKNOWN_LANGUAGE) return {};
  std::string code = CLD2::LanguageCode(language);
  if (const auto hyphen = code.find('-'); hyphen != std::string::npos) code.resize(hyphen);
  return code == "iw" ? "he" : code;
}

/// Takes a std::string because CLD2 reads the byte after the text and relies on the terminator.
Guess guess_with_cld2(const std::string& text) {
  constexpr CLD2::CLDHints kNoHints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  std::array<CLD2::Language, 3> languages{};
  std::array<int, 3> percents{};
  std::array<double, 3> scores{};
  int text_bytes = 0;
  int valid_bytes = 0;
  bool reliable = false;
  CLD2::ExtDetectLanguageSummaryCheckUTF8(text.data(), static_cast<int>(text.size()), true, &kNoHints, 0,
                                          languages.data(), percents.data(), scores.data(), nullptr, &text_bytes,
                                          &reliable, &valid_bytes);
  return {our_code(languages[0]), reliable && percents[0] >= kMostOfIt};
}

/// The only entry of a list; "" if there are several.
std::string_view only_language(std::string_view list) {
  return list.size() > 2 && list.find(' ', 1) == list.size() - 1 ? list.substr(1, list.size() - 2) : std::string_view{};
}

}  // namespace

Detection detect_language(std::string_view text) {
  text = utf8_prefix(text, kMaxRead);
  Detection out;
  out.letters = count_letters(text);
  const Letters& letters = out.letters;
  if (const std::string_view only = only_language(letters.languages); !only.empty()) {
    out.language = only;
    out.sure = out.confident = letters.all >= kEnoughForScript;
    return out;
  }
  if (const std::string_view own = language_by_own_letters(letters); !own.empty()) {
    out.language = own;
    out.sure = out.confident = letters.all >= kEnoughForOwnLetters;
    return out;
  }
  Guess guess = guess_with_cld2(std::string(text));
  out.language = std::move(guess.language);
  out.sure = guess.reliable && letters.all >= kEnough && is_listed(letters.languages, out.language) &&
             !has_foreign_letters(letters, out.language) && has_typical_letters(letters, out.language);
  const auto relatives = std::ranges::find_if(kRelatives, [&](const Relatives& one) {
    return one.script == letters.script && is_listed(one.languages, out.language);
  });
  if (relatives != kRelatives.end()) out.relatives = relatives->languages;
  out.confident = out.sure && (relatives == kRelatives.end() || letters.all >= relatives->letters);
  return out;
}

}  // namespace pw::extract
