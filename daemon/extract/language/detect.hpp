#pragma once
/// The language of a text, guessed. Pure; any thread.

#include "extract/language/letters.hpp"

#include <string>
#include <string_view>

namespace pw::extract {

struct Detection {
  std::string language;        ///< the best guess, however weak; "" none
  bool sure = false;           ///< it is this language, or one of `relatives`
  bool confident = false;      ///< it is this language
  std::string_view relatives;  ///< those hard to tell from the guess, and it, each between spaces; "" none
  Letters letters;             ///< of the part that was read
};

/// Reads the first 1,500 bytes of a valid UTF-8 text.
Detection detect_language(std::string_view text);

}  // namespace pw::extract
