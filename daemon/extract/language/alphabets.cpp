#include "extract/language/alphabets.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>

namespace pw::extract {
namespace {

/// Tolerates quotations: one letter in so many may be foreign.
constexpr std::size_t kOneForeignIn = 100;

/// Lower-case letters in use, for Latin only those besides a to z, including letters that are common in loanwords.
struct Alphabet {
  std::string_view language;
  std::u32string_view letters;
  std::u32string_view typical = {};  ///< nearly every sentence has one of these
};

constexpr std::array kLatin{Alphabet{"af", U"áèéêëíïóôöúûü"},
                            Alphabet{"az", U"çöüğışə", U"ə"},
                            Alphabet{"bs", U"čćđšž"},
                            Alphabet{"ca", U"àáçèéíïòóúü"},
                            Alphabet{"cs", U"áéíóúýčďěňřšťůž", U"áčěíýřšž"},
                            Alphabet{"cy", U"áâäêëîïôöûŵŷ"},
                            Alphabet{"da", U"åæéø"},
                            Alphabet{"de", U"ßäéöü"},
                            Alphabet{"en", U"çéèêïñóö"},
                            Alphabet{"es", U"áéíñóúü"},
                            Alphabet{"et", U"äõöüšž"},
                            Alphabet{"eu", U"çñü"},
                            Alphabet{"fi", U"äåöšž"},
                            Alphabet{"fr", U"àâæçèéêëîïôùûüÿœ"},
                            Alphabet{"ga", U"áéíóú"},
                            Alphabet{"gl", U"áéíïñóúü"},
                            Alphabet{"hr", U"čćđšž"},
                            Alphabet{"hu", U"áéíóöúüőű", U"áéóöőü"},
                            Alphabet{"id", U"é"},
                            Alphabet{"is", U"áæéíðóöúýþ", U"ðþæáíö"},
                            Alphabet{"it", U"àèéìíîòóùú"},
                            Alphabet{"ku", U"çêîûş"},
                            Alphabet{"lt", U"ąčėęįšūųž", U"ąčėęįšųūž"},
                            Alphabet{"lv", U"āčēģīķļņšūž", U"āčēģīķļņšūž"},
                            Alphabet{"ms", U"é"},
                            Alphabet{"mt", U"àèìòùċġħż", U"ċġħż"},
                            Alphabet{"nl", U"áèéêëíïóöúü"},
                            Alphabet{"no", U"åæéèêòóôø"},
                            Alphabet{"pl", U"óąćęłńśźż", U"ąćęłńóśźż"},
                            Alphabet{"pt", U"àáâãçéêíóôõúü"},
                            Alphabet{"ro", U"âîășşțţ", U"ăâîșşțţ"},
                            Alphabet{"rw", U""},
                            Alphabet{"sk", U"áäéíóôúýčďĺľňŕšťž", U"áčéíýľšťž"},
                            Alphabet{"sl", U"ćčđšž"},
                            Alphabet{"sq", U"çë"},
                            Alphabet{"sr", U"čćđšž"},
                            Alphabet{"sv", U"äåéö"},
                            Alphabet{"sw", U""},
                            Alphabet{"tk", U"äçöüýňşž"},
                            Alphabet{"tl", U"ñ"},
                            Alphabet{"tr", U"âçîöûüğış", U"çöüğış"},
                            Alphabet{"uz", U""}};

constexpr std::array kCyrillic{Alphabet{"az", U"абвгдежзийклмнопрстуфхчшыьјғәөүһҝҹ"},
                               Alphabet{"be", U"абвгдежзйклмнопрстуфхцчшыьэюяёіў", U"іў"},
                               Alphabet{"bg", U"абвгдежзийклмнопрстуфхцчшщъьюя"},
                               Alphabet{"kk", U"абвгдежзийклмнопрстуфхцчшщъыьэюяёіғқңәөұүһ", U"іғқңұ"},
                               Alphabet{"ky", U"абвгдежзийклмнопрстуфхцчшщъыьэюяёңөү", U"ңөү"},
                               Alphabet{"mk", U"абвгдежзиклмнопрстуфхцчшѐѓѕѝјљњќџ", U"јљњѓќѕ"},
                               Alphabet{"ru", U"абвгдежзийклмнопрстуфхцчшщъыьэюяё"},
                               Alphabet{"sr", U"абвгдежзиклмнопрстуфхцчшђјљњћџ", U"јљњђћ"},
                               Alphabet{"tg", U"абвгдежзийклмнопрстуфхцчшщъыьэюяёӣӯғқҳҷ", U"ӣӯғқҳҷ"},
                               Alphabet{"uk", U"абвгдежзийклмнопрстуфхцчшщьюяґєії", U"іїє"},
                               Alphabet{"uz", U"абвгдежзийклмнопрстуфхцчшщъыьэюяёўғқҳ", U"ўғқҳ"}};

/// A language that is identified by its own letters because they are frequent, or because the detector does not know
/// it.
struct OwnLetters {
  std::string_view language;
  std::u32string_view letters;
  double share;  ///< minimum share of all letters
  bool each;     ///< each of the letters must occur
};

constexpr std::array kOwn{OwnLetters{"az", U"ə", 0.02, true},
                          OwnLetters{"az", U"ҝҹ", 0.004, false},
                          OwnLetters{"tk", U"ýňş", 0.03, true},
                          OwnLetters{"mk", U"ѓѕќ", 0.003, false},
                          OwnLetters{"ps", U"\u067C\u0681\u0685\u0689\u0693\u0696\u069A\u06BC\u06CD", 0.01, false},
                          OwnLetters{"ku", U"\u0695\u06B5\u06CE", 0.01, false},
                          OwnLetters{"ug", U"\u06AD\u06C8\u06CB", 0.01, false}};

std::size_t count(const Letters& letters, std::u32string_view which) {
  std::size_t out = 0;
  for (const char32_t c : which) out += letters.each[c];
  return out;
}

/// The distinct letters of these alphabets.
std::u32string all_letters(std::span<const Alphabet> alphabets) {
  std::u32string out;
  for (const Alphabet& one : alphabets) out += one.letters;
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

/// The alphabets of a script; empty if they do not distinguish languages.
std::span<const Alphabet> alphabets_of(Script script) {
  switch (script) {
    case Script::latin: return kLatin;
    case Script::cyrillic: return kCyrillic;
    default: return {};
  }
}

const Alphabet* alphabet_of(const Letters& letters, std::string_view language) {
  const auto alphabets = alphabets_of(letters.script);
  const auto found = std::ranges::find(alphabets, language, &Alphabet::language);
  return found == alphabets.end() ? nullptr : &*found;
}

}  // namespace

bool has_foreign_letters(const Letters& letters, std::string_view language) {
  static const std::u32string kAllLatin = all_letters(kLatin);
  static const std::u32string kAllCyrillic = all_letters(kCyrillic);
  const Alphabet* own = alphabet_of(letters, language);
  if (own == nullptr) return false;
  const std::size_t all = count(letters, letters.script == Script::latin ? kAllLatin : kAllCyrillic);
  return (all - count(letters, own->letters)) * kOneForeignIn > letters.all;
}

bool has_typical_letters(const Letters& letters, std::string_view language) {
  const Alphabet* own = alphabet_of(letters, language);
  return own == nullptr || own->typical.empty() || count(letters, own->typical) != 0;
}

std::string_view language_by_own_letters(const Letters& letters) {
  const auto gives_away = [&](const OwnLetters& one) {
    const bool all = !one.each || std::ranges::all_of(one.letters, [&](char32_t c) { return letters.each[c] != 0; });
    return all && static_cast<double>(count(letters, one.letters)) >= one.share * static_cast<double>(letters.all);
  };
  const auto found = std::ranges::find_if(kOwn, gives_away);
  return letters.all == 0 || found == kOwn.end() ? std::string_view{} : found->language;
}

}  // namespace pw::extract
