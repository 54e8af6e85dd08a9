#include "core/codec/percent.hpp"

#include "core/codec/hex.hpp"

namespace pw {

void append_percent(std::string& out, char byte) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto value = static_cast<unsigned char>(byte);
  out += '%';
  out += kDigits[value >> 4U];
  out += kDigits[value & 15U];
}

std::string escape_value(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
    } else {
      append_percent(out, c);
    }
  }
  return out;
}

std::optional<char> escaped_byte(std::string_view text, std::size_t pos) noexcept {
  if (pos + 2 >= text.size() || text[pos] != '%') return std::nullopt;
  const int high = hex_value(text[pos + 1]);
  const int low = hex_value(text[pos + 2]);
  if (high < 0 || low < 0) return std::nullopt;
  return static_cast<char>(high * 16 + low);
}

}  // namespace pw
