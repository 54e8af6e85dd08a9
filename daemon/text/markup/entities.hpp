#pragma once
/// Character references of HTML and XML (HTML Standard, sections 13.2.5.72 to 13.2.5.80). References that a DTD
/// declares are never expanded. Linear time, any thread.

#include <string>
#include <string_view>

namespace pw::text {

/// Appends `text` with its references replaced. Unknown ones stay as they are. Numbers 0x80 to 0x9F mean windows-1252,
/// as browsers read them; what is no scalar value becomes U+FFFD; C0 controls are left out.
void append_decoded(std::string& out, std::string_view text);

/// As append_decoded, into a new string.
std::string decode_references(std::string_view text);

/// Turns C1 control characters, which no author means, into those of windows-1252 at their place.
void replace_controls(std::string& text);

/// Appends `text` with &, < and > written as references.
void append_escaped(std::string& out, std::string_view text);

namespace detail {
extern const std::string_view kEntityTable;     ///< "name:hex[,hex] " words
extern const std::string_view kLegacyEntities;  ///< "name " words: also known without a semicolon
}  // namespace detail

}  // namespace pw::text
