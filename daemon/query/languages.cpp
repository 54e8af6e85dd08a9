#include "query/languages.hpp"

#include "core/text.hpp"
#include "query/dialect/dialect_lexemes.hpp"

#include <unicode/uloc.h>

#include <array>
#include <unordered_map>
#include <utility>

namespace pw::query {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kRetired{
    {{"iw", "he"}, {"in", "id"}, {"ji", "yi"}, {"jw", "jv"}, {"mo", "ro"}}};

/// The shortest code of each language by its codes of two and three letters.
const std::unordered_map<std::string, std::string>& codes() {
  static const auto kCodes = [] {
    std::unordered_map<std::string, std::string> out;
    for (const char* const* one = uloc_getISOLanguages(); *one != nullptr; ++one) {
      out.emplace(*one, *one);
      out.emplace(uloc_getISO3Language(*one), *one);
    }
    for (const char* none : {"", "und", "mul", "mis", "zxx"}) out.erase(none);
    for (const auto& [retired, now] : kRetired) out.insert_or_assign(std::string(retired), std::string(now));
    return out;
  }();
  return kCodes;
}

}  // namespace

std::optional<std::string> language_code_of(std::string_view text) {
  const auto found = codes().find(ascii_lower(trim(text)));
  return found != codes().end() ? std::optional(found->second) : std::nullopt;
}

std::optional<std::string> language_meant(std::string_view text) {
  if (const auto code = language_code_of(text.substr(0, text.find_first_of("-_")))) return code;
  return language_code(text);
}

std::vector<std::string> accepted_languages(std::string code) {
  if (code == "no") return {"no", "nb", "nn"};
  if (code == "nb" || code == "nn") return {std::move(code), "no"};
  return {std::move(code)};
}

}  // namespace pw::query
