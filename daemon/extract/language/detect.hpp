#pragma once
/// Detects the language of a text. Pure; any thread.

#include "extract/language/letters.hpp"

#include <string>
#include <string_view>

namespace pw::extract {

struct Detection {
  std::string language;        ///< the best guess, however weak; "" if none
  bool sure = false;           ///< it is certainly this language or one of `relatives`
  bool confident = false;      ///< it is certainly this language
  std::string_view relatives;  ///< the guess and languages hard to tell from it, each between spaces; "" if none
  Letters letters;             ///< of the part that was read
};

/// Reads the first 1,500 bytes of a valid UTF-8 text.
Detection detect_language(std::string_view text);

}  // namespace pw::extract
