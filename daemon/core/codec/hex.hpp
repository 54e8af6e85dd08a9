#pragma once
/// Hexadecimal digits. Any thread.

#include <cstdint>
#include <span>
#include <string>

namespace pw {

/// 0 to 15, or -1 for any other character.
constexpr int hex_value(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Two lower-case digits per byte.
std::string to_hex(std::span<const std::uint8_t> bytes);

}  // namespace pw
