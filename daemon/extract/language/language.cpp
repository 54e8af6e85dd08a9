#include "core/text.hpp"
#include "extract/fields/fields.hpp"
#include "extract/phrases.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace pw::extract {
namespace {

struct Script {
  char32_t first;
  char32_t last;
  std::string_view language;  ///< the one most often written in it; "" when words must tell
};

constexpr std::array<Script, 18> kScripts{{{0x0370, 0x03FF, "el"},
                                           {0x0400, 0x04FF, ""},
                                           {0x0530, 0x058F, "hy"},
                                           {0x0590, 0x05FF, "he"},
                                           {0x0600, 0x06FF, ""},
                                           {0x0900, 0x097F, "hi"},
                                           {0x0980, 0x09FF, "bn"},
                                           {0x0A80, 0x0AFF, "gu"},
                                           {0x0B80, 0x0BFF, "ta"},
                                           {0x0C00, 0x0C7F, "te"},
                                           {0x0C80, 0x0CFF, "kn"},
                                           {0x0D00, 0x0D7F, "ml"},
                                           {0x0E00, 0x0E7F, "th"},
                                           {0x1000, 0x109F, "my"},
                                           {0x10A0, 0x10FF, "ka"},
                                           {0x1780, 0x17FF, "km"},
                                           {0x3040, 0x30FF, "ja"},
                                           {0xAC00, 0xD7A3, "ko"}}};

struct Frequent {
  std::string_view language;
  std::string_view words;  ///< each between spaces
};

/// The commonest short words; a language wins when its words are most of the known ones.
constexpr std::array<Frequent, 30> kFrequent{{
    {"en", " the and of to in that is was for with on as by from has have are this his "},
    {"de", " der die und das den von mit ist nicht ein eine zu im auf für sich dem des auch "},
    {"fr", " le la les des et en une est du que dans pour qui sur pas par au avec "},
    {"es", " el la los las de que y en un una por con para del se no su más como "},
    {"pt", " o os as de que e em um uma do da dos não para com na no por mais ao "},
    {"it", " il la di che e un una per del della con non sono gli nel alla più anche "},
    {"nl", " de het een van en in dat is op te voor met zijn niet aan ook door om "},
    {"sv", " och att det som en på är av för med den till inte har om ett var "},
    {"no", " og det som en på er av for med den til ikke har om et jeg seg "},
    {"da", " og det som en på er af for med den til ikke har om et jeg sig "},
    {"fi", " ja on ei se että oli mutta ovat kun myös joka hän mukaan sen "},
    {"pl", " i w na z do się nie że to jest o jak po od za przez "},
    {"cs", " a v se na je že to s z do si o ve jsou ale jako který "},
    {"sk", " a v sa na je že to s z do si o vo sú ale ako ktorý "},
    {"hu", " a az és hogy nem is egy ez volt meg csak mint már "},
    {"ro", " și de la în a cu pe nu un o care din că mai pentru "},
    {"tr", " ve bir bu da de için ile olarak çok daha olan gibi ise "},
    {"id", " yang dan di dengan untuk dari pada ini itu dalam tidak akan "},
    {"vi", " và của là có được cho trong không các với người một "},
    {"lt", " ir kad su yra iš į buvo tai kaip bet jis apie "},
    {"lv", " un ir ka ar no par uz bija kas arī lai tika "},
    {"et", " ja on et ei see ka oli kui mis oma aga "},
    {"hr", " je i u na se za su da od s kako što bi "},
    {"ru", " и в на не что с по это как к из от для его был "},
    {"uk", " і в на не що з до це як та від для його був у "},
    {"bg", " и в на не че се от за с да по са като е "},
    {"sr", " и у на не да је се од за са су као ће "},
    {"ar", " في من على إلى أن عن التي مع هذا هذه الذي كما "},
    {"fa", " و در به از که این را با است برای آن می "},
    {"ur", " کے کی میں ہے اور سے کا کو نے پر کہ "},
}};

static_assert(kFrequent.size() <= 32);

/// Each frequent word with a bit for every language that it belongs to.
std::unordered_map<std::string_view, std::uint32_t> languages_by_word() {
  std::unordered_map<std::string_view, std::uint32_t> out;
  for (std::size_t k = 0; k < kFrequent.size(); ++k) {
    const std::string_view words = kFrequent[k].words;
    for (std::size_t i = 1; i < words.size();) {
      const std::size_t end = words.find(' ', i);
      out[words.substr(i, end - i)] |= 1U << k;
      i = end + 1;
    }
  }
  return out;
}

bool ends_word(char c) { return is_ascii_space(c) || c == ',' || c == '.' || c == '"'; }

std::string by_words(std::string_view text) {
  static const auto known = languages_by_word();
  std::array<int, kFrequent.size()> counts{};
  const std::string lower = lower_words(text);
  int words = 0;
  for (std::size_t i = 0; i < lower.size();) {
    const std::size_t start = i;
    while (i < lower.size() && !ends_word(lower[i])) ++i;
    const std::string_view word = std::string_view{lower}.substr(start, i - start);
    ++i;
    if (word.empty() || word.size() >= 12) continue;
    ++words;
    const auto found = known.find(word);
    if (found == known.end()) continue;
    for (std::uint32_t left = found->second; left != 0; left &= left - 1)
      ++counts[static_cast<std::size_t>(std::countr_zero(left))];
  }
  const auto best = std::ranges::max_element(counts);
  return *best * 12 > words && *best > 4
             ? std::string(kFrequent[static_cast<std::size_t>(best - counts.begin())].language)
             : std::string{};
}

}  // namespace

std::string guess_language(std::string_view text) {
  text = utf8_prefix(text, 4'000);
  std::array<std::size_t, kScripts.size()> counts{};
  std::size_t han = 0;
  std::size_t letters = 0;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = next_code_point(text, i);
    if (c > 0x40) ++letters;
    if (c >= 0x4E00 && c <= 0x9FFF) ++han;
    for (std::size_t k = 0; c >= 0x370 && k < kScripts.size(); ++k)
      if (c >= kScripts[k].first && c <= kScripts[k].last) ++counts[k];
  }
  if (letters < 40) return {};
  const std::size_t kana = counts[16];
  if (han + kana > letters / 2) return kana * 10 > han ? "ja" : "zh";
  const auto best = std::ranges::max_element(counts);
  if (*best > letters / 2) {
    const std::string_view language = kScripts[static_cast<std::size_t>(best - counts.begin())].language;
    if (!language.empty()) return std::string(language);
  }
  return by_words(text);
}

}  // namespace pw::extract
