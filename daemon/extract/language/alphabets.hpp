#pragma once
/// Languages as recognised by their letters. Pure; any thread.

#include "extract/language/letters.hpp"

#include <string_view>

namespace pw::extract {

/// True if more than one letter in a hundred does not occur in `language`. False if its alphabet is not known.
bool has_foreign_letters(const Letters& letters, std::string_view language);

/// False if the text lacks letters that occur in nearly every sentence of `language`. True if no such letters are
/// known.
bool has_typical_letters(const Letters& letters, std::string_view language);

/// The language identified by letters that hardly any other language has; "" if there is none.
std::string_view language_by_own_letters(const Letters& letters);

}  // namespace pw::extract
