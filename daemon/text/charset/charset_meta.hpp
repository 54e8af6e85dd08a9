#pragma once
/// The prescan of the HTML Standard (section 13.2.3.2) for a meta element that names the encoding.

#include <string>
#include <string_view>

namespace pw::text {

/// The encoding that a meta element names, "" for none. Reads the whole document; behind the first 1024 bytes, where
/// only a parser would find the element, bodies of script and style elements are passed over. Linear time.
std::string meta_encoding(std::string_view html);

/// The label behind "charset=" in the content attribute of a meta element; "" for none.
std::string_view charset_in_content(std::string_view content);

}  // namespace pw::text
