#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

namespace pw {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

unsigned byte_at(std::string_view text, std::size_t pos) { return static_cast<unsigned char>(text[pos]); }

/// The index of the first non-ASCII byte at or after `pos`.
std::size_t skip_ascii(std::string_view text, std::size_t pos) {
  for (; pos + 8 <= text.size(); pos += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + pos, 8);
    if ((eight & 0x8080808080808080U) != 0) break;
  }
  while (pos < text.size() && byte_at(text, pos) < 0x80) ++pos;
  return pos;
}

struct Lead {
  int trailing;  // number of continuation bytes that follow; -1: not a lead byte
  unsigned low;  // valid range of the first continuation byte
  unsigned high;
  char32_t bits;
};

Lead lead_of(unsigned byte) {
  if (byte >= 0xC2 && byte <= 0xDF) return {1, 0x80, 0xBF, byte & 0x1FU};
  if (byte == 0xE0) return {2, 0xA0, 0xBF, 0};
  if (byte == 0xED) return {2, 0x80, 0x9F, 0x0D};
  if (byte >= 0xE1 && byte <= 0xEF) return {2, 0x80, 0xBF, byte & 0x0FU};
  if (byte == 0xF0) return {3, 0x90, 0xBF, 0};
  if (byte >= 0xF1 && byte <= 0xF3) return {3, 0x80, 0xBF, byte & 0x07U};
  if (byte == 0xF4) return {3, 0x80, 0x8F, 4};
  return {-1, 0, 0, 0};
}

/// Joiners (U+200C and U+200D) are spelling, in Persian and Hindi for example, and are left.
bool must_be_escaped(char32_t c) {
  struct Range {
    char32_t first;
    char32_t last;
  };
  constexpr std::array kEscaped{
      Range{0x00, 0x1F},        // control characters
      Range{0x7F, 0x9F},        // and those of C1
      Range{0x061C, 0x061C},    // Arabic letter mark
      Range{0x180E, 0x180E},    // Mongolian vowel separator
      Range{0x200B, 0x200B},    // zero-width space
      Range{0x200E, 0x200F},    // directional marks
      Range{0x2028, 0x202E},    // separators of lines and paragraphs, directional embeddings and overrides
      Range{0x2060, 0x206F},    // word joiner, invisible operators, directional isolates, deprecated controls
      Range{0xFEFF, 0xFEFF},    // byte order mark
      Range{0xFFF9, 0xFFFB},    // interlinear annotation
      Range{0xE0000, 0xE007F},  // tags, which spell invisible ASCII
  };
  return std::ranges::any_of(kEscaped, [c](const Range& range) { return c >= range.first && c <= range.last; });
}

void append_escape(std::string& out, char32_t c) {
  if (c == '\n') {
    out += "\\n";
  } else if (c == '\r') {
    out += "\\r";
  } else if (c == '\t') {
    out += "\\t";
  } else if (c < 0x100) {
    out += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
  } else {
    out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
  }
}

}  // namespace

std::string_view trim(std::string_view text) noexcept {
  while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_ascii_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return ascii_lower(c); });
  return out;
}

bool ascii_iequals(std::string_view a, std::string_view b) noexcept {
  return std::ranges::equal(a, b, [](char x, char y) { return ascii_lower(x) == ascii_lower(y); });
}

char32_t next_long_code_point(std::string_view text, std::size_t& pos) noexcept {
  const unsigned first = byte_at(text, pos++);
  const Lead lead = lead_of(first);
  if (lead.trailing < 0) return kReplacement;
  char32_t value = lead.bits;
  for (int i = 0; i < lead.trailing; ++i) {
    const unsigned low = i == 0 ? lead.low : 0x80U;
    const unsigned high = i == 0 ? lead.high : 0xBFU;
    if (pos >= text.size() || byte_at(text, pos) < low || byte_at(text, pos) > high) return kReplacement;
    value = (value << 6U) | (byte_at(text, pos++) & 0x3FU);
  }
  return value;
}

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = kReplacement;
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6U));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12U));
    out += static_cast<char>(0x80 | ((c >> 6U) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18U));
    out += static_cast<char>(0x80 | ((c >> 12U) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6U) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

bool is_valid_utf8(std::string_view text) noexcept {
  for (std::size_t pos = 0; pos < text.size();) {
    pos = skip_ascii(text, pos);
    if (pos >= text.size()) break;
    const std::size_t start = pos;
    if (next_code_point(text, pos) == kReplacement && text.substr(start, pos - start) != "\xEF\xBF\xBD") return false;
  }
  return true;
}

std::string to_valid_utf8(std::string_view text) {
  if (is_valid_utf8(text)) return std::string(text);
  std::string out;
  out.reserve(text.size());
  for (std::size_t pos = 0; pos < text.size();) append_utf8(out, next_code_point(text, pos));
  return out;
}

std::size_t code_points(std::string_view text) noexcept {
  std::size_t count = 0;
  for (std::size_t pos = 0; pos < text.size(); ++count) next_code_point(text, pos);
  return count;
}

std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes) noexcept {
  if (text.size() <= max_bytes) return text;
  std::size_t end = max_bytes;
  while (end > 0 && (byte_at(text, end) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

std::string printable(std::string_view text, std::size_t max_bytes) {
  const std::string_view shown = utf8_prefix(text, max_bytes);
  std::string out;
  out.reserve(shown.size());
  for (std::size_t pos = 0; pos < shown.size();) {
    const std::size_t start = pos;
    const char32_t c = next_code_point(shown, pos);
    const std::string_view bytes = shown.substr(start, pos - start);
    if (c == kReplacement && bytes != "\xEF\xBF\xBD") {
      for (std::size_t i = 0; i < bytes.size(); ++i) append_escape(out, byte_at(bytes, i));
    } else if (must_be_escaped(c)) {
      append_escape(out, c);
    } else {
      out += bytes;
    }
  }
  if (shown.size() < text.size()) out += "…";
  return out;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[b.size()];
}

}  // namespace pw
