#include "text/charset/charset.hpp"

#include "core/text.hpp"
#include "text/charset/charset_meta.hpp"

#include <uchardet/uchardet.h>

#include <algorithm>
#include <memory>

namespace pw::text {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::size_t kGuessBytes = 256 * 1024;

struct Mark {
  std::string_view encoding;
  std::size_t bytes = 0;
};

Mark byte_order_mark(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return {"UTF-8", 3};
  if (bytes.starts_with("\xFE\xFF")) return {"UTF-16BE", 2};
  if (bytes.starts_with("\xFF\xFE")) return {"UTF-16LE", 2};
  return {};
}

struct DetectorCloser {
  void operator()(uchardet* detector) const noexcept { uchardet_delete(detector); }
};

/// Maps the detector's name for an encoding to the WHATWG name.
std::string name_of_guess(std::string_view found, std::string_view bytes) {
  if (found == "UHC") return "EUC-KR";
  if (found == "MAC-CYRILLIC") return "x-mac-cyrillic";
  // Where KOI8-R has box-drawing characters, KOI8-U has the Ukrainian letters.
  const bool has_ukrainian = bytes.find_first_of("\xA4\xA6\xA7\xAD\xB4\xB6\xB7\xBD") != std::string_view::npos;
  if (found == "KOI8-R" && has_ukrainian) return "KOI8-U";
  return encoding_for_label(found);
}

std::string guess(std::string_view bytes) {
  const std::string_view sample = bytes.substr(0, kGuessBytes);
  const std::unique_ptr<uchardet, DetectorCloser> detector(uchardet_new());
  if (uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0) return "windows-1252";
  uchardet_data_end(detector.get());
  const std::string found = name_of_guess(uchardet_get_charset(detector.get()), sample);
  return found.empty() || found == "replacement" ? "windows-1252" : found;
}

/// Valid UTF-8, except for a character truncated at the end of the data.
bool looks_like_utf8(std::string_view bytes) {
  for (std::size_t cut = 0; cut < 4 && cut <= bytes.size(); ++cut) {
    if (is_valid_utf8(bytes.substr(0, bytes.size() - cut))) return cut == 0 || bytes.size() > 16;
  }
  return false;
}

bool has_one_byte_a_character(std::string_view encoding) {
  return encoding.starts_with("windows-") || encoding.starts_with("ISO-8859-");
}

bool is_utf8_beyond_ascii(std::string_view bytes) {
  return std::ranges::any_of(bytes, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }) &&
         is_valid_utf8(bytes);
}

/// ISO-2022-JP escape sequences are ASCII, so such text is valid UTF-8 too.
bool looks_like_iso_2022_jp(std::string_view bytes) {
  return bytes.find("\x1B$B") != std::string_view::npos || bytes.find("\x1B$@") != std::string_view::npos;
}

std::string undeclared(std::string_view bytes) {
  if (!looks_like_utf8(bytes)) return guess(bytes);
  return looks_like_iso_2022_jp(bytes) ? "ISO-2022-JP" : "UTF-8";
}

Decoded decode(std::string_view bytes, std::string declared) {
  Decoded out;
  out.declared = !declared.empty();
  out.encoding = out.declared ? std::move(declared) : undeclared(bytes);
  const Mark mark = byte_order_mark(bytes);
  if (mark.encoding == out.encoding) bytes.remove_prefix(mark.bytes);
  out.text = decode_as(bytes, out.encoding);
  // The document itself may contain U+FFFD.
  out.had_errors = out.encoding == "UTF-8" ? out.text != bytes : out.text.find(kReplacement) != std::string::npos;
  return out;
}

/// The encoding given by the byte order mark or the HTTP header. Both override a declaration in the document.
std::string outer_encoding(std::string_view bytes, std::string_view content_type) {
  const Mark mark = byte_order_mark(bytes);
  return mark.bytes != 0 ? std::string(mark.encoding) : encoding_from_content_type(content_type);
}

std::string xml_declaration_encoding(std::string_view bytes) {
  if (bytes.starts_with(std::string_view("\0<\0?", 4))) return "UTF-16BE";
  if (bytes.starts_with(std::string_view("<\0?\0", 4))) return "UTF-16LE";
  bytes = bytes.substr(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
  if (!bytes.starts_with("<?xml")) return {};
  bytes = bytes.substr(0, std::min<std::size_t>(bytes.find('>'), 1024));
  std::size_t pos = bytes.find("encoding");
  if (pos == std::string_view::npos) return {};
  pos = bytes.find_first_not_of(" \t\r\n", pos + 8);
  if (pos == std::string_view::npos || bytes[pos] != '=') return {};
  pos = bytes.find_first_not_of(" \t\r\n", pos + 1);
  if (pos == std::string_view::npos || (bytes[pos] != '"' && bytes[pos] != '\'')) return {};
  const std::size_t end = bytes.find(bytes[pos], pos + 1);
  if (end == std::string_view::npos) return {};
  std::string found = encoding_for_label(bytes.substr(pos + 1, end - pos - 1));
  // If the declaration was readable as ASCII, the document is not UTF-16.
  return found.starts_with("UTF-16") ? "UTF-8" : found;
}

}  // namespace

std::string encoding_from_content_type(std::string_view content_type) {
  std::size_t pos = content_type.find(';');
  while (pos < content_type.size()) {
    const std::string_view rest = content_type.substr(pos + 1);
    const std::size_t equals = rest.find_first_of("=;");
    if (equals == std::string_view::npos) return {};
    pos += equals + 1;
    if (rest[equals] == ';') continue;
    const std::string_view name = trim(rest.substr(0, equals));
    std::string_view value = rest.substr(equals + 1);
    value.remove_prefix(std::min(value.find_first_not_of(" \t\r\n"), value.size()));
    const char quote = value.empty() ? '\0' : value.front();
    const bool quoted = quote == '"' || quote == '\'';
    if (quoted) value.remove_prefix(1);
    const std::size_t length = std::min(quoted ? value.find(quote) : value.find_first_of(";, \t\r\n\"'"), value.size());
    if (ascii_iequals(name, "charset")) return encoding_for_label(value.substr(0, length));
    const auto behind = static_cast<std::size_t>(value.data() - content_type.data()) + length;
    pos = content_type.find(';', behind);
  }
  return {};
}

std::string declared_html_encoding(std::string_view bytes, std::string_view content_type) {
  std::string found = outer_encoding(bytes, content_type);
  return found.empty() ? meta_encoding(bytes) : found;
}

std::string declared_xml_encoding(std::string_view bytes, std::string_view content_type) {
  std::string found = outer_encoding(bytes, content_type);
  return found.empty() ? xml_declaration_encoding(bytes) : found;
}

Decoded decode_html(std::string_view bytes, std::string_view content_type) {
  return decode(bytes, declared_html_encoding(bytes, content_type));
}

std::string_view html_as_utf8(std::string_view bytes, std::string_view content_type, std::string& storage) {
  std::string declared = declared_html_encoding(bytes, content_type);
  if ((declared.empty() || declared == "UTF-8") && is_valid_utf8(bytes))
    return bytes.substr(byte_order_mark(bytes).bytes);
  storage = decode(bytes, std::move(declared)).text;
  return storage;
}

Decoded decode_xml(std::string_view bytes, std::string_view content_type) {
  std::string declared = declared_xml_encoding(bytes, content_type);
  // Servers and templates declare ISO-8859-1 for feeds that are in fact UTF-8. Text in another encoding is practically
  // never valid UTF-8 by chance.
  if (has_one_byte_a_character(declared) && is_utf8_beyond_ascii(bytes)) declared = "UTF-8";
  return decode(bytes, std::move(declared));
}

}  // namespace pw::text
