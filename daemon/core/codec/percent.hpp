#pragma once
/// Percent-encoding (RFC 3986, section 2.1). Which characters must be escaped depends on the context, so callers
/// decide. Any thread.

#include "core/text.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pw {

/// True for characters that never need escaping in a URL (RFC 3986, section 2.3).
constexpr bool is_unreserved(char c) noexcept {
  return is_ascii_letter(c) || is_ascii_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/// Appends %XX.
void append_percent(std::string& out, char byte);

/// Encodes `text` as one value within a URL: escapes all but the unreserved characters.
std::string escape_value(std::string_view text);

/// The byte encoded by the escape at `pos`; nullopt if there is no valid escape.
std::optional<char> escaped_byte(std::string_view text, std::size_t pos) noexcept;

/// The length of an escape, in bytes.
inline constexpr std::size_t kEscapeSize = 3;

}  // namespace pw
