#pragma once
/// Markup of titles and summaries to the text that a reader sees. Linear time, any thread, no exception.

#include <string>
#include <string_view>

namespace pw::text {

/// The text of an HTML fragment, or of plain text that was escaped once too often: tags, comments, scripts and styles
/// are left out, character references decoded, white space collapsed; blocks and <br> become '\n'. A '<' that opens no
/// tag ("3 < 5") stays. Output is at most as long as the input, give or take its character references.
std::string plain_text(std::string_view html);

/// As plain_text, on one line: for titles.
std::string plain_line(std::string_view html);

}  // namespace pw::text
