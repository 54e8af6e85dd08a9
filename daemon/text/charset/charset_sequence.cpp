#include "text/charset/charset_sequence.hpp"

namespace pw::text {
namespace {

bool within(unsigned byte, unsigned low, unsigned high) { return byte >= low && byte <= high; }

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

Sequence pair(std::string_view bytes, bool lead_ok, bool trail_ok) {
  if (!lead_ok || bytes.size() < 2) return {};
  return {.bytes = 2, .point = 0, .valid = trail_ok};
}

Sequence shift_jis(std::string_view bytes) {
  const unsigned lead = byte_at(bytes, 0);
  const unsigned trail = byte_at(bytes, 1);
  if (lead == 0x80) return {.bytes = 1, .point = 0x80, .valid = true};
  if (within(lead, 0xA1, 0xDF)) return {.bytes = 1, .point = 0xFF61 - 0xA1 + lead, .valid = true};
  return pair(bytes, within(lead, 0x81, 0x9F) || within(lead, 0xE0, 0xFC),
              within(trail, 0x40, 0x7E) || within(trail, 0x80, 0xFC));
}

/// ICU's table continues with vendor rows that the standard does not have.
constexpr unsigned kLastJis0212Row = 0xED;

Sequence euc_jp(std::string_view bytes) {
  const unsigned lead = byte_at(bytes, 0);
  const unsigned trail = byte_at(bytes, 1);
  if (lead == 0x8E && within(trail, 0xA1, 0xDF)) return {.bytes = 2, .point = 0xFF61 - 0xA1 + trail, .valid = true};
  if (lead == 0x8F && within(trail, 0xA1, 0xFE)) {
    if (bytes.size() < 3) return {.bytes = 2, .point = 0, .valid = false};
    const unsigned third = byte_at(bytes, 2);
    // An ASCII byte in third position starts a new character.
    return third < 0x80
               ? Sequence{.bytes = 2, .point = 0, .valid = false}
               : Sequence{.bytes = 3, .point = 0, .valid = trail <= kLastJis0212Row && within(third, 0xA1, 0xFE)};
  }
  return pair(bytes, lead == 0x8E || lead == 0x8F || within(lead, 0xA1, 0xFE),
              within(lead, 0xA1, 0xFE) && within(trail, 0xA1, 0xFE));
}

/// Vertical punctuation that the standard maps to regular code points and older tables to the private use area; 0 for
/// anything else.
char32_t gb_vertical(unsigned trail) {
  constexpr std::u32string_view kFirst = U"\uFE10\uFE12\uFE11\uFE13\uFE14\uFE15\uFE16";
  if (within(trail, 0xD9, 0xDF)) return kFirst[trail - 0xD9];
  if (within(trail, 0xEC, 0xED)) return 0xFE17 + trail - 0xEC;
  return trail == 0xF3 ? U'\uFE19' : 0;
}

Sequence gb18030(std::string_view bytes) {
  const unsigned lead = byte_at(bytes, 0);
  const unsigned trail = byte_at(bytes, 1);
  if (lead == 0x80) return {.bytes = 1, .point = 0x20AC, .valid = true};
  if (lead == 0xA3 && trail == 0xA0) return {.bytes = 2, .point = 0x3000, .valid = true};
  if (lead == 0xA6 && gb_vertical(trail) != 0) return {.bytes = 2, .point = gb_vertical(trail), .valid = true};
  if (within(lead, 0x81, 0xFE) && within(trail, 0x30, 0x39)) {
    const bool whole = within(byte_at(bytes, 2), 0x81, 0xFE) && within(byte_at(bytes, 3), 0x30, 0x39);
    if (whole) return {.bytes = 4, .point = 0, .valid = true};
    const bool cut = bytes.size() == 2 || (bytes.size() == 3 && within(byte_at(bytes, 2), 0x81, 0xFE));
    return cut ? Sequence{.bytes = bytes.size(), .point = 0xFFFD, .valid = false} : Sequence{};
  }
  return pair(bytes, within(lead, 0x81, 0xFE), within(trail, 0x40, 0x7E) || within(trail, 0x80, 0xFE));
}

}  // namespace

Sequence next_sequence(std::string_view bytes, std::string_view encoding) {
  const unsigned lead = byte_at(bytes, 0);
  const unsigned trail = byte_at(bytes, 1);
  if (lead < 0x80) return {.bytes = 1, .point = lead, .valid = true};
  if (encoding == "Shift_JIS") return shift_jis(bytes);
  if (encoding == "EUC-JP") return euc_jp(bytes);
  if (encoding == "EUC-KR") return pair(bytes, within(lead, 0x81, 0xFE), within(trail, 0x41, 0xFE));
  if (encoding == "Big5") {
    return pair(bytes, within(lead, 0x81, 0xFE), within(trail, 0x40, 0x7E) || within(trail, 0xA1, 0xFE));
  }
  return gb18030(bytes);
}

}  // namespace pw::text
