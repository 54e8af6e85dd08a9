#include "extract/language/language.hpp"

#include "core/text.hpp"
#include "extract/language/alphabets.hpp"
#include "extract/language/detect.hpp"

#include <unicode/uloc.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

namespace pw::extract {
namespace {

constexpr std::size_t kShortText = 200;
constexpr std::size_t kFewLetters = 10;
/// Overriding a declaration takes more text than a guess by itself.
constexpr std::size_t kOutweighs = 100;

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kRenamed{
    {{"iw", "he"}, {"in", "id"}, {"ji", "yi"}, {"jw", "jv"}, {"mo", "ro"}}};

/// A declaration of one of these is more reliable than detection between them.
constexpr std::array<std::string_view, 3> kDeclaredBest{" bs hr sh sr ", " id ms ", " nb nn no "};

/// Maps three-letter language codes to two-letter codes.
std::unordered_map<std::string, std::string> two_letters_by_three() {
  std::unordered_map<std::string, std::string> out;
  for (const char* const* one = uloc_getISOLanguages(); *one != nullptr; ++one)
    if (const std::string code = *one; code.size() == 2) out.emplace(uloc_getISO3Language(*one), code);
  return out;
}

std::string shortest_code(std::string code) {
  if (code.size() != 3) return code;
  static const auto kTwoLetters = two_letters_by_three();
  const auto found = kTwoLetters.find(code);
  return found == kTwoLetters.end() ? code : found->second;
}

bool contradicts_script(const Letters& letters, std::string_view language) {
  return letters.all >= kFewLetters && letters.script != Script::none && !is_listed(letters.languages, language);
}

/// True if the guess is more reliable than a declaration of `language`.
bool outweighs(const Detection& text, std::string_view language) {
  if (!text.sure) return false;
  if (text.letters.all < kOutweighs && !has_foreign_letters(text.letters, language)) return false;
  if (!text.confident) return !is_listed(text.relatives, language);
  return std::ranges::none_of(kDeclaredBest, [&](std::string_view list) {
    return is_listed(list, language) && is_listed(list, text.language);
  });
}

bool is_believed(std::string_view language, const Detection& text) {
  if (language.empty()) return false;
  if (!is_detectable(language) || language == text.language) return true;
  return !contradicts_script(text.letters, language) && !outweighs(text, language);
}

}  // namespace

std::string language_of_tag(std::string_view tag) {
  std::string out;
  for (const char c : trim(tag)) {
    if (c == '-' || c == '_') break;
    const char lower = ascii_lower(c);
    if (lower < 'a' || lower > 'z') return {};
    out.push_back(lower);
  }
  if (out.size() != 2 && out.size() != 3) return {};
  const auto* const renamed = std::ranges::find(kRenamed, out, &std::pair<std::string_view, std::string_view>::first);
  return renamed == kRenamed.end() ? shortest_code(std::move(out)) : std::string(renamed->second);
}

std::string settle_language(std::initializer_list<std::string_view> declared, std::string_view title,
                            std::string_view text) {
  const Detection detected = text.size() >= kShortText ? detect_language(text)
                                                       : detect_language(std::string(title) + '\n' + std::string(text));
  for (const std::string_view tag : declared) {
    std::string language = language_of_tag(tag);
    if (is_believed(language, detected)) return language;
  }
  return detected.confident ? detected.language : std::string{};
}

}  // namespace pw::extract
