#include "bus/body_writer.hpp"

#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace pw::bus {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr std::string_view kReplacementBytes = "\uFFFD";

struct Range {
  char32_t first, last;
};

// Beyond what JSON requires, escapes invisible characters, bidirectional controls and angle brackets, so that a body is
// safe to display without further escaping.
constexpr std::array kEscaped = {
    Range{0x0000, 0x001F}, Range{'"', '"'},         Range{'<', '<'},         Range{'>', '>'},
    Range{'\\', '\\'},     Range{0x007F, 0x009F},   Range{0x00AD, 0x00AD},   Range{0x0600, 0x0603},
    Range{0x06DD, 0x06DD}, Range{0x070F, 0x070F},   Range{0x17B4, 0x17B5},   Range{0x200B, 0x200F},
    Range{0x2028, 0x202E}, Range{0x2060, 0x2064},   Range{0x206A, 0x206F},   Range{0xFEFF, 0xFEFF},
    Range{0xFFF9, 0xFFFB}, Range{0x1D173, 0x1D17A}, Range{0xE0001, 0xE0001}, Range{0xE0020, 0xE007F},
};

constexpr bool is_escaped(char32_t c) {
  const auto* range =
      std::lower_bound(kEscaped.begin(), kEscaped.end(), c, [](Range r, char32_t x) { return r.last < x; });
  return range != kEscaped.end() && range->first <= c;
}

/// Bytes that need no escaping.
constexpr std::array<bool, 256> kPlain = [] {
  std::array<bool, 256> out{};
  for (char32_t c = 0; c < 0x80; ++c) out[c] = !is_escaped(c);
  return out;
}();

void append_escape(std::string& out, char32_t c) {
  constexpr std::string_view kShort = "\"\\\b\f\n\r\t";
  constexpr std::string_view kLetters = "\"\\bfnrt";
  if (const std::size_t i = c < 0x80 ? kShort.find(static_cast<char>(c)) : std::string_view::npos;
      i != std::string_view::npos) {
    out += '\\';
    out += kLetters[i];
  } else if (c < 0x10000) {
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
  } else {
    const auto above = static_cast<unsigned>(c) - 0x10000U;
    fmt::format_to(std::back_inserter(out), "\\u{:04x}\\u{:04x}", 0xD800U + (above >> 10U), 0xDC00U + (above & 0x3FFU));
  }
}

/// Parses `digits`.
double read_back(std::string_view digits) {
  double out = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return out;
}

}  // namespace

void BodyWriter::open(std::string_view name) {
  key(name);
  out_ += '{';
}

void BodyWriter::open() {
  comma();
  out_ += '{';
}

void BodyWriter::open_list(std::string_view name) {
  key(name);
  out_ += '[';
}

void BodyWriter::text(std::string_view name, std::string_view value) {
  if (value.empty()) return;
  key(name);
  quote(value);
}

void BodyWriter::texts(std::string_view name, const std::vector<std::string_view>& values) {
  if (values.empty()) return;
  open_list(name);
  for (const std::string_view value : values) {
    comma();
    quote(value);
  }
  close_list();
}

void BodyWriter::flag(std::string_view name, bool value) {
  if (!value) return;
  key(name);
  out_ += "true";
}

void BodyWriter::number(std::string_view name, std::uint32_t value) {
  if (value == 0) return;
  key(name);
  fmt::format_to(std::back_inserter(out_), "{}", value);
}

void BodyWriter::long_number(std::string_view name, std::int64_t value) {
  if (value == 0) return;
  key(name);
  fmt::format_to(std::back_inserter(out_), "\"{}\"", value);
}

void BodyWriter::long_number(std::string_view name, std::uint64_t value) {
  if (value == 0) return;
  key(name);
  fmt::format_to(std::back_inserter(out_), "\"{}\"", value);
}

void BodyWriter::fraction(std::string_view name, double value) {
  if (value == 0 || !std::isfinite(value)) return;
  std::string digits = fmt::format("{:.15g}", value);
  if (read_back(digits) != value) digits = fmt::format("{:.17g}", value);
  key(name);
  out_ += digits;
}

void BodyWriter::comma() {
  if (out_.back() != '{' && out_.back() != '[') out_ += ',';
}

void BodyWriter::key(std::string_view name) {
  comma();
  quote(name);
  out_ += ':';
}

void BodyWriter::quote(std::string_view text) {
  out_ += '"';
  std::size_t copied = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    const std::size_t begin = pos;
    if (kPlain[static_cast<unsigned char>(text[pos])]) {
      ++pos;
      continue;
    }
    const char32_t c = next_code_point(text, pos);
    const bool malformed = c == kReplacement && text.substr(begin, pos - begin) != kReplacementBytes;
    if (!malformed && !is_escaped(c)) continue;
    out_ += text.substr(copied, begin - copied);
    if (malformed) {
      out_ += kReplacementBytes;
    } else {
      append_escape(out_, c);
    }
    copied = pos;
  }
  out_ += text.substr(copied);
  out_ += '"';
}

}  // namespace pw::bus
