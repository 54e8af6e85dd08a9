#include "query/attach.hpp"

#include "core/text.hpp"

#include <array>
#include <span>

namespace pw::query {
namespace {

constexpr std::array<std::string_view, 24> kHebrewParticles{"ה",  "ב",  "ל",  "מ",  "ש",   "כ",   "ו",   "וה",
                                                            "וב", "ול", "ומ", "וש", "שה",  "שב",  "של",  "שמ",
                                                            "כש", "מה", "לה", "בה", "וכש", "כשה", "ושב", "ושל"};
constexpr std::array<std::string_view, 11> kArabicParticles{"و",  "ف",  "ب",  "ل",  "ك", "وب",
                                                            "ول", "وك", "فب", "فل", "فك"};
constexpr std::string_view kArabicArticle = "ال";

constexpr std::array<std::string_view, 9> kArmenianAfterConsonant{"ի", "ը", "ն", "ին", "ից", "ով", "ում", "ինը", "ինն"};
constexpr std::array<std::string_view, 6> kArmenianAfterVowel{"յի", "ն", "յին", "յից", "յով", "յում"};

/// Genitive, dative, accusative, locative, ablative, instrumental, by the last vowel of the word: a/ı, o/u, e/ə/i, ö/ü.
constexpr std::array<std::array<std::string_view, 6>, 4> kAzeriAfterConsonant{{{"ın", "a", "ı", "da", "dan", "la"},
                                                                               {"un", "a", "u", "da", "dan", "la"},
                                                                               {"in", "ə", "i", "də", "dən", "lə"},
                                                                               {"ün", "ə", "ü", "də", "dən", "lə"}}};
constexpr std::array<std::array<std::string_view, 6>, 4> kAzeriAfterVowel{{{"nın", "ya", "nı", "da", "dan", "yla"},
                                                                           {"nun", "ya", "nu", "da", "dan", "yla"},
                                                                           {"nin", "yə", "ni", "də", "dən", "ylə"},
                                                                           {"nün", "yə", "nü", "də", "dən", "ylə"}}};

/// The vowel harmony class of an Azerbaijani letter, or -1 if it is not a vowel.
int harmony(char32_t c) {
  switch (c) {
    case U'a':
    case U'A':
    case U'ı':
    case U'I': return 0;
    case U'o':
    case U'O':
    case U'u':
    case U'U': return 1;
    case U'e':
    case U'E':
    case U'ə':
    case U'Ə':
    case U'i':
    case U'İ': return 2;
    case U'ö':
    case U'Ö':
    case U'ü':
    case U'Ü': return 3;
    default: return -1;
  }
}

void add_azeri(std::string_view name, std::vector<std::string>& out) {
  int last_vowel = -1;
  bool ends_in_vowel = false;
  for (std::size_t pos = 0; pos < name.size();) {
    const int group = harmony(next_code_point(name, pos));
    ends_in_vowel = group >= 0;
    if (group >= 0) last_vowel = group;
  }
  if (last_vowel < 0) return;
  const auto& table = ends_in_vowel ? kAzeriAfterVowel : kAzeriAfterConsonant;
  for (const std::string_view ending : table[static_cast<std::size_t>(last_vowel)]) {
    out.push_back(std::string(name) + std::string(ending));
  }
}

void add_armenian(std::string_view name, std::vector<std::string>& out) {
  const bool vowel = name.ends_with("ա") || name.ends_with("ո") || name.ends_with("օ");
  const std::span<const std::string_view> endings =
      vowel ? std::span<const std::string_view>(kArmenianAfterVowel) : kArmenianAfterConsonant;
  for (const std::string_view ending : endings) out.push_back(std::string(name) + std::string(ending));
}

void add_arabic(std::string_view name, std::vector<std::string>& out) {
  for (const std::string_view particle : kArabicParticles) {
    const bool joins = particle.ends_with("ل") && name.starts_with(kArabicArticle);
    // The prefix ل and the article merge into لل, and the alif is dropped.
    const std::string_view rest = joins ? name.substr(std::string_view("ا").size()) : name;
    out.push_back(std::string(particle) + std::string(rest));
  }
}

}  // namespace

std::vector<std::string> attached_forms(std::string_view name, std::string_view language) {
  std::vector<std::string> out{std::string(name)};
  const bool fixed = name.find_first_of("*?{") == std::string_view::npos;
  if (name.starts_with('{')) {
    // only as written
  } else if (language == "he") {
    for (const std::string_view particle : kHebrewParticles) out.push_back(std::string(particle) + std::string(name));
  } else if (language == "ar") {
    add_arabic(name, out);
  } else if (language == "az" && fixed) {
    add_azeri(name, out);
  } else if (language == "hy" && fixed) {
    add_armenian(name, out);
  }
  return out;
}

}  // namespace pw::query
