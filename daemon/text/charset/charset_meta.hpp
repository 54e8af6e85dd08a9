#pragma once
/// Finds the encoding declared by a meta element, with the prescan of the HTML Standard (section 13.2.3.2). Any thread.

#include <string>
#include <string_view>

namespace pw::text {

/// The encoding declared by a meta element, or "". Unlike the standard's prescan, it covers the whole document: beyond
/// the first 1024 bytes, where only an HTML parser would find the element, the contents of script and style elements
/// are skipped. Linear time.
std::string meta_encoding(std::string_view html);

/// The label after "charset=" in the content attribute of a meta element, or "".
std::string_view charset_in_content(std::string_view content);

}  // namespace pw::text
