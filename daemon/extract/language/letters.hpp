#pragma once
/// What a text is written with. Pure; any thread.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace pw::extract {

/// The scripts of the languages that detection can tell.
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

/// The letters of a text, counted.
struct Letters {
  /// Code points below this one are counted one by one: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic.
  static constexpr char32_t kCounted = 0x700;

  std::size_t all = 0;
  std::array<std::uint16_t, kCounted> each{};
  Script script = Script::none;  ///< of two thirds of them or more
  std::string_view languages;    ///< those written in `script` that detection can tell, each between spaces
};

/// Reads at most the first 60,000 bytes.
Letters count_letters(std::string_view text);

/// Detection can tell it, in some script.
bool is_detectable(std::string_view language);

/// `language` is one of `languages`, a list with each between spaces.
bool is_listed(std::string_view languages, std::string_view language);

}  // namespace pw::extract
