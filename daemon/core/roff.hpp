#pragma once
/// Text for manual pages in man(7) macros. Pure; any thread.

#include <string>
#include <string_view>

namespace pw {

/// Escapes what roff would read as markup: backslashes, hyphens, and dots and apostrophes at the start of a line.
std::string roff(std::string_view text);

/// The same as one argument of a macro, in quotes.
std::string roff_argument(std::string_view text);

}  // namespace pw
