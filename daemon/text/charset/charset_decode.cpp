#include "core/text.hpp"
#include "text/charset/charset.hpp"
#include "text/charset/charset_big5.hpp"
#include "text/charset/charset_sequence.hpp"

#include <unicode/ucnv.h>

#include <array>
#include <memory>
#include <utility>

namespace pw::text {
namespace {

struct ConverterCloser {
  void operator()(UConverter* converter) const noexcept { ucnv_close(converter); }
};

/// ICU's names for the tables behind these WHATWG names.
const char* icu_name(std::string_view encoding) {
  static constexpr std::array<std::pair<std::string_view, const char*>, 12> kNames{{
      {"EUC-KR", "windows-949"},
      {"Shift_JIS", "ibm-943_P15A-2003"},
      {"Big5", "Big5-HKSCS"},
      {"GBK", "gb18030"},
      {"EUC-JP", "EUC-JP"},
      {"ISO-8859-8-I", "ISO-8859-8"},
      {"windows-874", "windows-874"},
      {"macintosh", "macintosh"},
      {"x-mac-cyrillic", "x-mac-cyrillic"},
      {"KOI8-U", "KOI8-U"},
      {"IBM866", "ibm-866_P100-1995"},
      {"windows-1252", "windows-1252"},
  }};
  for (const auto& [name, icu] : kNames) {
    if (name == encoding) return icu;
  }
  return nullptr;
}

void append_utf16(std::string& out, const UChar* units, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    char32_t point = units[i];
    if (point >= 0xD800 && point < 0xDC00 && i + 1 < count && units[i + 1] >= 0xDC00 && units[i + 1] < 0xE000) {
      point = 0x10000 + ((point - 0xD800) << 10U) + (static_cast<char32_t>(units[++i]) - 0xDC00);
    }
    append_utf8(out, point >= 0xD800 && point < 0xE000 ? U'\uFFFD' : point);
  }
}

/// In these encodings the standard maps an unassigned byte to the C1 control with the same number.
bool keeps_controls(std::string_view encoding) {
  return encoding.starts_with("windows-") || encoding == "ISO-8859-8-I" || encoding.starts_with("ISO-8859-");
}

/// An ICU converter, kept open across many short sequences.
class IcuDecoder {
 public:
  explicit IcuDecoder(std::string_view encoding) {
    const std::string name(encoding);
    const char* known = icu_name(encoding);
    UErrorCode status = U_ZERO_ERROR;
    converter_.reset(ucnv_open(known != nullptr ? known : name.c_str(), &status));
  }

  /// Appends one sequence. Returns false, and appends nothing, if the encoding has no character for it.
  bool append(std::string& out, std::string_view sequence, bool private_use) {
    if (!converter_) return false;
    std::array<UChar, 16> units{};
    UErrorCode status = U_ZERO_ERROR;
    ucnv_resetToUnicode(converter_.get());
    const auto count = ucnv_toUChars(converter_.get(), units.data(), static_cast<int32_t>(units.size()),
                                     sequence.data(), static_cast<int32_t>(sequence.size()), &status);
    if (U_FAILURE(status) != 0 || count <= 0) return false;
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
      const bool is_private = units[i] >= 0xE000 && units[i] < 0xF900;
      if (units[i] == 0xFFFD || units[i] < 0x80 || (is_private && !private_use)) return false;
    }
    append_utf16(out, units.data(), static_cast<std::size_t>(count));
    return true;
  }

 private:
  std::unique_ptr<UConverter, ConverterCloser> converter_;
};

/// Splits the bytes as the standard does and uses ICU only for its tables.
std::string decode_sequences(std::string_view bytes, std::string_view encoding) {
  IcuDecoder decoder(encoding);
  const bool private_use = encoding == "Shift_JIS" || encoding == "gb18030" || encoding == "GBK";
  const bool is_big5 = encoding == "Big5";
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2);
  while (!bytes.empty()) {
    const Sequence next = next_sequence(bytes, encoding);
    const std::string_view sequence = bytes.substr(0, next.bytes);
    bytes.remove_prefix(next.bytes);
    if (next.point != 0 || sequence == std::string_view("\0", 1)) {
      append_utf8(out, next.point);
      continue;
    }
    if (next.valid && decoder.append(out, sequence, private_use)) continue;
    if (const std::string_view extra = is_big5 ? big5_extra(sequence) : std::string_view{}; !extra.empty()) {
      out += extra;
      continue;
    }
    append_utf8(out, U'\uFFFD');
    // An invalid sequence must not swallow an ASCII byte, or it could hide a quote or a "<".
    if (sequence.size() == 2 && static_cast<unsigned char>(sequence[1]) < 0x80) out += sequence[1];
  }
  return out;
}

std::string decode_icu(std::string_view bytes, std::string_view encoding) {
  UErrorCode status = U_ZERO_ERROR;
  const std::string name(encoding);
  const char* known = icu_name(encoding);
  const std::unique_ptr<UConverter, ConverterCloser> converter(
      ucnv_open(known != nullptr ? known : name.c_str(), &status));
  if (U_FAILURE(status) != 0) return to_valid_utf8(bytes);
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2);
  const char* source = bytes.data();
  const char* const end = source + bytes.size();
  std::array<UChar, 4096> units{};
  do {
    UChar* target = units.data();
    status = U_ZERO_ERROR;
    ucnv_toUnicode(converter.get(), &target, units.data() + units.size(), &source, end, nullptr, 1, &status);
    append_utf16(out, units.data(), static_cast<std::size_t>(target - units.data()));
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  return out;
}

/// ISO-8859-16 from A0 on; ICU does not have this encoding.
constexpr std::u32string_view kIso885916 =
    U"\u00A0ĄąŁ€„Š§š©Ș«Ź\u00ADźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ";

using SingleByteTable = std::array<char32_t, 256>;

char32_t single_byte(std::string_view encoding, unsigned char byte) {
  if (byte < 0x80) return byte;
  if (encoding == "x-user-defined") return 0xF780 + static_cast<char32_t>(byte) - 0x80;
  if (encoding == "KOI8-U" && byte == 0xAE) return 0x45E;
  if (encoding == "KOI8-U" && byte == 0xBE) return 0x40E;
  if (encoding == "windows-1253" && byte == 0xAA) return U'\uFFFD';
  if (encoding == "windows-1255" && byte == 0xCA) return 0x5BA;
  if (encoding == "macintosh" && byte == 0xF0) return 0xF8FF;
  if (encoding == "ISO-8859-16" && byte >= 0xA0) return kIso885916[byte - 0xA0U];
  if (encoding == "x-mac-cyrillic" && byte == 0xFF) return 0x20AC;
  const std::string text = decode_icu(std::string_view(reinterpret_cast<const char*>(&byte), 1), encoding);
  std::size_t pos = 0;
  const char32_t point = text.empty() ? U'\uFFFD' : next_code_point(text, pos);
  const bool has_gaps = encoding == "windows-1253" || encoding == "windows-1255" || encoding == "windows-1257" ||
                        encoding == "windows-874" || !encoding.starts_with("windows-");
  if (byte < 0xA0 && keeps_controls(encoding) && (point == U'\uFFFD' || point == 0x1A)) return byte;
  if (point >= 0xE000 && point < 0xF900) return has_gaps ? U'\uFFFD' : byte;
  return point;
}

bool is_single_byte(std::string_view encoding) {
  return encoding.starts_with("windows-") || encoding.starts_with("ISO-8859-") || encoding.starts_with("KOI8") ||
         encoding == "IBM866" || encoding == "macintosh" || encoding.starts_with("x-");
}

std::string decode_single_byte(std::string_view bytes, std::string_view encoding) {
  SingleByteTable table{};
  for (unsigned byte = 0; byte < table.size(); ++byte) {
    table[byte] = single_byte(encoding, static_cast<unsigned char>(byte));
  }
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 2);
  for (const char c : bytes) append_utf8(out, table[static_cast<unsigned char>(c)]);
  return out;
}

/// ICU also accepts and swallows the escape sequences of related encodings. The standard treats each of their bytes as
/// an error.
std::string without_foreign_escapes(std::string_view bytes) {
  std::string out(bytes);
  for (std::size_t pos = out.find('\x1B'); pos != std::string::npos; pos = out.find('\x1B', pos + 1)) {
    const std::string_view escape = bytes.substr(pos + 1, 2);
    const bool known = escape == "(B" || escape == "(J" || escape == "(I" || escape == "$@" || escape == "$B";
    if (!known) out[pos] = '\xFF';
  }
  return out;
}

std::string decode_utf16(std::string_view bytes, bool big_endian) {
  std::u16string units;
  units.reserve(bytes.size() / 2 + 1);
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const auto first = static_cast<unsigned char>(bytes[i]);
    const auto second = static_cast<unsigned char>(bytes[i + 1]);
    units += static_cast<char16_t>(big_endian ? first << 8U | second : second << 8U | first);
  }
  // An unpaired surrogate at the end and an odd byte after it count as one error.
  const bool open_half = !units.empty() && units.back() >= 0xD800 && units.back() < 0xDC00;
  if (bytes.size() % 2 != 0 && !open_half) units += u'\uFFFD';
  std::string out;
  append_utf16(out, units.data(), units.size());
  return out;
}

}  // namespace

std::string decode_as(std::string_view bytes, std::string_view encoding_name) {
  std::string encoding = encoding_for_label(encoding_name);
  if (encoding.empty()) encoding = "windows-1252";
  if (encoding == "UTF-8") return is_valid_utf8(bytes) ? std::string(bytes) : to_valid_utf8(bytes);
  if (encoding == "replacement") return bytes.empty() ? "" : "\xEF\xBF\xBD";
  if (encoding.starts_with("UTF-16")) return decode_utf16(bytes, encoding == "UTF-16BE");
  if (is_single_byte(encoding)) return decode_single_byte(bytes, encoding);
  return encoding == "ISO-2022-JP" ? decode_icu(without_foreign_escapes(bytes), encoding)
                                   : decode_sequences(bytes, encoding);
}

}  // namespace pw::text
