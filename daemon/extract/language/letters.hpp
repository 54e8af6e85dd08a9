#pragma once
/// Counts the letters of a text and determines its script. Pure; any thread.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace pw::extract {

/// The scripts of the detectable languages.
enum class Script : std::uint8_t {
  none,
  latin,
  cyrillic,
  arabic,
  hebrew,
  han,
  devanagari,
  greek,
  armenian,
  georgian,
  hangul,
  thai,
  bengali,
  gujarati,
  tamil,
  telugu,
  kannada,
  malayalam,
  burmese,
  khmer
};

/// Letter counts of a text.
struct Letters {
  /// Code points below this one are counted individually: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic.
  static constexpr char32_t kCounted = 0x700;

  std::size_t all = 0;
  std::array<std::uint16_t, kCounted> each{};
  Script script = Script::none;  ///< the script of at least two thirds of the letters
  std::string_view languages;    ///< detectable languages written in `script`, each between spaces
};

/// Reads at most the first 60,000 bytes.
Letters count_letters(std::string_view text);

/// True if the language can be detected, in some script.
bool is_detectable(std::string_view language);

/// True if `language` is in `languages`, a list with each entry between spaces.
bool is_listed(std::string_view languages, std::string_view language);

}  // namespace pw::extract
