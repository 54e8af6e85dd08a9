#include "extract/language/letters.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <string>

namespace pw::extract {
namespace {

/// The detectable languages by script.
constexpr std::array kLanguages{
    std::string_view{},
    std::string_view{
        " af az ca cs cy da de en es et eu fi fr ga gl hr bs hu id is it kk ku lt lv ms mt nb nl nn no pl pt "
        "ro sh sk sl sq sr sv sw tk tl tr uz vi "},
    std::string_view{" az be bg kk ky mk ru sr tg uk uz "},
    std::string_view{" ar az fa ku ps ug ur "},
    std::string_view{" he yi "},
    std::string_view{" zh ja "},
    std::string_view{" hi mr ne "},
    std::string_view{" el "},
    std::string_view{" hy "},
    std::string_view{" ka "},
    std::string_view{" ko "},
    std::string_view{" th "},
    std::string_view{" bn "},
    std::string_view{" gu "},
    std::string_view{" ta "},
    std::string_view{" te "},
    std::string_view{" kn "},
    std::string_view{" ml "},
    std::string_view{" my "},
    std::string_view{" km "}};

struct Range {
  char32_t first;
  char32_t last;
  Script script;
};

constexpr std::array kRanges{Range{0x00C0, 0x02AF, Script::latin},      Range{0x0370, 0x03FF, Script::greek},
                             Range{0x0400, 0x052F, Script::cyrillic},   Range{0x0530, 0x058F, Script::armenian},
                             Range{0x0590, 0x05FF, Script::hebrew},     Range{0x0600, 0x077F, Script::arabic},
                             Range{0x0900, 0x097F, Script::devanagari}, Range{0x0980, 0x09FF, Script::bengali},
                             Range{0x0A80, 0x0AFF, Script::gujarati},   Range{0x0B80, 0x0BFF, Script::tamil},
                             Range{0x0C00, 0x0C7F, Script::telugu},     Range{0x0C80, 0x0CFF, Script::kannada},
                             Range{0x0D00, 0x0D7F, Script::malayalam},  Range{0x0E00, 0x0E7F, Script::thai},
                             Range{0x1000, 0x109F, Script::burmese},    Range{0x10A0, 0x10FF, Script::georgian},
                             Range{0x1780, 0x17FF, Script::khmer},      Range{0x1E00, 0x1EFF, Script::latin},
                             Range{0x1F00, 0x1FFF, Script::greek},      Range{0x3040, 0x30FF, Script::han},
                             Range{0x4E00, 0x9FFF, Script::han},        Range{0xAC00, 0xD7A3, Script::hangul},
                             Range{0xFB50, 0xFDFF, Script::arabic},     Range{0xFE70, 0xFEFC, Script::arabic}};

constexpr std::size_t index(Script script) { return static_cast<std::size_t>(script); }

constexpr bool is_kana(char32_t c) { return c >= 0x3040 && c <= 0x30FF; }

std::string_view languages_of_han(std::size_t letters, std::size_t kana) {
  // Japanese text hardly has a sentence without kana.
  if (kana * 10 > letters) return " ja ";
  return kana == 0 && letters >= 20 ? std::string_view{" zh "} : kLanguages[index(Script::han)];
}

}  // namespace

Letters count_letters(std::string_view text) {
  text = utf8_prefix(text, 60'000);
  Letters out;
  std::array<std::size_t, kLanguages.size()> by_script{};
  std::size_t kana = 0;
  const Range* range = kRanges.begin();
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_code_point(text, i);
    if (c < kRanges.front().first) {
      const char32_t lower = c | 0x20U;
      if (lower >= U'a' && lower <= U'z') ++by_script[index(Script::latin)];
      continue;
    }
    if (c < range->first || c > range->last) {
      const Range* found =
          std::ranges::find_if(kRanges, [c](const Range& one) { return c >= one.first && c <= one.last; });
      if (found == kRanges.end()) continue;
      range = found;
    }
    ++by_script[index(range->script)];
    if (c < Letters::kCounted) ++out.each[c];
    if (is_kana(c)) ++kana;
  }
  for (const std::size_t count : by_script) out.all += count;
  const auto most = std::ranges::max_element(by_script);
  if (*most == 0 || *most * 3 < out.all * 2) return out;
  out.script = static_cast<Script>(most - by_script.begin());
  out.languages = out.script == Script::han ? languages_of_han(*most, kana)
                                            : kLanguages[static_cast<std::size_t>(most - by_script.begin())];
  return out;
}

bool is_listed(std::string_view languages, std::string_view language) {
  return !language.empty() && languages.find(' ' + std::string(language) + ' ') != std::string_view::npos;
}

bool is_detectable(std::string_view language) {
  return std::ranges::any_of(kLanguages, [language](std::string_view list) { return is_listed(list, language); });
}

}  // namespace pw::extract
