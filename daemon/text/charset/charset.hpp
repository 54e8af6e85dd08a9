#pragma once
/// Bytes of the web to UTF-8, by the WHATWG Encoding Standard and the HTML Standard's sniffing rules.
/// Linear time, no exception, no I/O; any thread.

#include <string>
#include <string_view>

namespace pw::text {

struct Decoded {
  std::string text;         ///< valid UTF-8, without a byte order mark
  std::string encoding;     ///< WHATWG name: "UTF-8", "windows-1251", …
  bool declared = false;    ///< named by a BOM, the HTTP header or the document; false: valid UTF-8 or a guess
  bool had_errors = false;  ///< some bytes became U+FFFD
};

/// HTML: BOM, then the HTTP charset, then a meta element wherever it stands, then UTF-8 if it is valid, then what the
/// bytes look like, then windows-1252. `content_type` is the value of the HTTP header, or "".
Decoded decode_html(std::string_view bytes, std::string_view content_type);
/// The text alone: `bytes` themselves, without their mark, when they are valid UTF-8 already, else what was put into
/// `storage`.
std::string_view html_as_utf8(std::string_view bytes, std::string_view content_type, std::string& storage);

/// XML: BOM, then the HTTP charset, then the XML declaration, then as above. What is called ISO-8859-x or windows-125x
/// and is valid UTF-8 beyond ASCII is read as UTF-8.
Decoded decode_xml(std::string_view bytes, std::string_view content_type);

/// Decodes in a known encoding (WHATWG name or label; unknown: windows-1252). A BOM is text like any other.
std::string decode_as(std::string_view bytes, std::string_view encoding_name);

/// The WHATWG name of a label ("latin1" -> "windows-1252"), without regard to case and outer space; "" unknown.
std::string encoding_for_label(std::string_view label);

/// The encoding that a Content-Type value names; "" when it names none that is known.
std::string encoding_from_content_type(std::string_view content_type);

/// The encoding that the document names (BOM, HTTP, meta or XML declaration); "" when it names none.
std::string declared_html_encoding(std::string_view bytes, std::string_view content_type);
std::string declared_xml_encoding(std::string_view bytes, std::string_view content_type);

}  // namespace pw::text
