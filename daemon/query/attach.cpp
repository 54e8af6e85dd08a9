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

constexpr auto kArmenianAfterConsonant = std::to_array<std::string_view>(
    {"ի", "ը", "ն", "ին", "ից", "ով", "ում", "ինը", "ինն", "ցի", "ցին", "ցու", "ցիներ", "ցիների", "ցիները"});
constexpr auto kArmenianAfterVowel = std::to_array<std::string_view>(
    {"յի", "ն", "յին", "յից", "յով", "յում", "ցի", "ցին", "ցու", "ցիներ", "ցիների", "ցիները"});

/// Genitive, dative, accusative, locative, ablative, instrumental, "that is in" and copula, by the last vowel of the
/// word: a/ı, o/u, e/ə/i, ö/ü.
using AzeriEndings = std::array<std::array<std::string_view, 8>, 4>;
constexpr AzeriEndings kAzeriAfterConsonant{{{"ın", "a", "ı", "da", "dan", "la", "dakı", "dır"},
                                             {"un", "a", "u", "da", "dan", "la", "dakı", "dur"},
                                             {"in", "ə", "i", "də", "dən", "lə", "dəki", "dir"},
                                             {"ün", "ə", "ü", "də", "dən", "lə", "dəki", "dür"}}};
constexpr AzeriEndings kAzeriAfterVowel{{{"nın", "ya", "nı", "da", "dan", "yla", "dakı", "dır"},
                                         {"nun", "ya", "nu", "da", "dan", "yla", "dakı", "dur"},
                                         {"nin", "yə", "ni", "də", "dən", "ylə", "dəki", "dir"},
                                         {"nün", "yə", "nü", "də", "dən", "ylə", "dəki", "dür"}}};

constexpr std::array<std::string_view, 5> kPersianEndings{"ی", "ها", "های", "هایی", "یی"};

constexpr std::string_view kGeorgianNominative = "ი";
constexpr auto kGeorgianAfterConsonant = std::to_array<std::string_view>(
    {"ი",    "მა",   "ს",      "ის",    "ით",  "ად", "ო",   "ში",  "ზე",    "თან", "ისკენ",
     "იდან", "ამდე", "ისთვის", "ისგან", "ისა", "იც", "შიც", "ზეც", "თანაც", "ისაც"});
constexpr auto kGeorgianAfterVowel = std::to_array<std::string_view>(
    {"მ", "ს", "ს", "თი", "დ", "ში", "ზე", "სთან", "სკენ", "დან", "მდე", "სთვის", "სგან", "ც", "შიც", "ზეც"});
/// Stems in -ა and -ე lose it before these.
constexpr auto kGeorgianWithoutVowel = std::to_array<std::string_view>({"ის", "ით", "ისთვის", "ისგან", "იდან"});

constexpr auto kKoreanParticles = std::to_array<std::string_view>(
    {"은",   "는",   "이",   "가",     "을",     "를",   "의",     "에",     "에서", "에게",   "께",
     "께서", "로",   "으로", "와",     "과",     "도",   "만",     "까지",   "부터", "보다",   "처럼",
     "이나", "나",   "라고", "이라고", "에는",   "에도", "에서는", "에서도", "로는", "으로는", "와의",
     "과의", "와는", "과는", "에게는", "이라는", "라는", "이며",   "이고"});

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

void add_endings(std::string_view stem, std::span<const std::string_view> endings, std::vector<std::string>& out) {
  for (const std::string_view ending : endings) out.push_back(std::string(stem) + std::string(ending));
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
  add_endings(name, table[static_cast<std::size_t>(last_vowel)], out);
}

void add_armenian(std::string_view name, std::vector<std::string>& out) {
  const bool vowel = name.ends_with("ա") || name.ends_with("ո") || name.ends_with("օ");
  add_endings(name, vowel ? std::span<const std::string_view>(kArmenianAfterVowel) : kArmenianAfterConsonant, out);
}

void add_georgian(std::string_view name, std::vector<std::string>& out) {
  if (name.ends_with(kGeorgianNominative)) {
    return add_endings(name.substr(0, name.size() - kGeorgianNominative.size()), kGeorgianAfterConsonant, out);
  }
  const bool loses = name.ends_with("ა") || name.ends_with("ე");
  if (!loses && !name.ends_with("ო") && !name.ends_with("უ")) return add_endings(name, kGeorgianAfterConsonant, out);
  add_endings(name, kGeorgianAfterVowel, out);
  if (loses) add_endings(name.substr(0, name.size() - std::string_view("ა").size()), kGeorgianWithoutVowel, out);
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
  } else if (language == "fa" && fixed) {
    add_endings(name, kPersianEndings, out);
  } else if (language == "hy" && fixed) {
    add_armenian(name, out);
  } else if (language == "ka" && fixed) {
    add_georgian(name, out);
  } else if (language == "ko" && fixed) {
    add_endings(name, kKoreanParticles, out);
  }
  return out;
}

}  // namespace pw::query
