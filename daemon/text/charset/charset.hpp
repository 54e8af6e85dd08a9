#pragma once
/// Converts documents from the web to UTF-8, following the WHATWG Encoding Standard and the encoding sniffing algorithm
/// of the HTML Standard. Linear time, no exceptions, no I/O; any thread.

#include <string>
#include <string_view>

namespace pw::text {

/// A document converted to UTF-8.
struct Decoded {
  std::string text;         ///< valid UTF-8, without a byte order mark
  std::string encoding;     ///< WHATWG name: "UTF-8", "windows-1251", …
  bool declared = false;    ///< the encoding was given by a BOM, the HTTP header or the document, rather than detected
  bool had_errors = false;  ///< some bytes were replaced with U+FFFD
};

/// Decodes HTML. The encoding is determined by, in this order: the BOM, the charset parameter of the HTTP header, a
/// meta element anywhere in the document, UTF-8 if valid, statistical detection, and windows-1252 as the default.
/// `content_type` is the value of the Content-Type header, or "".
Decoded decode_html(std::string_view bytes, std::string_view content_type);
/// Like decode_html, but returns only the text, and without a copy if possible: the result views `bytes` (without the
/// BOM) if they are already valid UTF-8, otherwise `storage`. It is valid as long as both.
std::string_view html_as_utf8(std::string_view bytes, std::string_view content_type, std::string& storage);

/// Decodes XML: BOM, HTTP charset, XML declaration, then detection as in decode_html. A document declared as ISO-8859-x
/// or windows-125x that contains non-ASCII text in valid UTF-8 is decoded as UTF-8.
Decoded decode_xml(std::string_view bytes, std::string_view content_type);

/// Decodes in a known encoding (WHATWG name or label; unknown: windows-1252). A BOM is text like any other.
std::string decode_as(std::string_view bytes, std::string_view encoding_name);

/// The WHATWG name for a label ("latin1" -> "windows-1252"), ignoring case and surrounding white space; "" if unknown.
std::string encoding_for_label(std::string_view label);

/// The encoding named by a Content-Type header value; "" if there is none or it is unknown.
std::string encoding_from_content_type(std::string_view content_type);

/// The encoding declared by the BOM, the HTTP header or the document itself (meta element or XML declaration); "" if
/// none is declared.
std::string declared_html_encoding(std::string_view bytes, std::string_view content_type);
std::string declared_xml_encoding(std::string_view bytes, std::string_view content_type);

}  // namespace pw::text
