#pragma once
/// The letters that languages have of their own. Pure; any thread.

#include "extract/language/letters.hpp"

#include <string_view>

namespace pw::extract {

/// More than one letter in a hundred is one that `language` does not have. False if its alphabet is not known here.
bool has_foreign_letters(const Letters& letters, std::string_view language);

/// False if the text lacks the letters that hardly a sentence of `language` goes without. True if none are known here.
bool has_typical_letters(const Letters& letters, std::string_view language);

/// The language that gives itself away by letters that hardly any other has; "" if none does.
std::string_view language_by_own_letters(const Letters& letters);

}  // namespace pw::extract
