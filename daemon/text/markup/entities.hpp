#pragma once
/// Character references of HTML and XML (HTML Standard, sections 13.2.5.72 to 13.2.5.80). Entities declared in a DTD
/// are never expanded. Linear time, any thread.

#include <string>
#include <string_view>

namespace pw::text {

/// Appends `text` with character references decoded. Unknown references are kept as they are. As in browsers, the
/// numbers 0x80 to 0x9F mean windows-1252. Numbers that are not Unicode scalar values become U+FFFD; C0 controls are
/// dropped.
void append_decoded(std::string& out, std::string_view text);

/// Like append_decoded, but returns a new string.
std::string decode_references(std::string_view text);

/// Replaces control characters, which are never intended: C0 except tab and line breaks with a space, C1 with the
/// windows-1252 characters of the same code.
void replace_controls(std::string& text);

/// Appends `text` with &, < and > escaped.
void append_escaped(std::string& out, std::string_view text);

namespace detail {
extern const std::string_view kEntityTable;     ///< entries "name:hex[,hex]", separated by spaces
extern const std::string_view kLegacyEntities;  ///< names that are also valid without a semicolon, separated by spaces
}  // namespace detail

}  // namespace pw::text
