#pragma once
/// Tells which parts of one text another contains, comparing folded words: case, diacritics and punctuation do not
/// count.

#include <string>
#include <string_view>

namespace pw::text {

/// The lines of `part` that `whole` does not contain, in order, trimmed and joined by newlines. A line is contained if
/// four fifths of its four-word sequences are (two-character sequences in scripts without spaces). A short line must
/// occur in one place as a whole. A line without words is always contained. O(n log n).
[[nodiscard]] std::string missing_lines(std::string_view whole, std::string_view part);

}  // namespace pw::text
