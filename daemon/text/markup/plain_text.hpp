#pragma once
/// Converts the markup of titles and summaries to plain text. Linear time, any thread, no exceptions.

#include <string>
#include <string_view>

namespace pw::text {

/// The text of an HTML fragment, or of plain text that was escaped once too often: tags, comments, scripts and styles
/// are removed, character references decoded and white space collapsed; block elements and <br> become '\n'. A '<' that
/// does not start a tag ("3 < 5") is kept. Decoded references aside, the output is never longer than the input.
std::string plain_text(std::string_view html);

/// Like plain_text, but on one line: for titles.
std::string plain_line(std::string_view html);

}  // namespace pw::text
