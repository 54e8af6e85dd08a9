#pragma once
/// Percent-escapes (RFC 3986, section 2.1). What is escaped depends on where the text goes, so that callers decide it.
/// Any thread.

#include "core/text.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace pw {

/// RFC 3986, section 2.3: means itself everywhere in a URL.
constexpr bool is_unreserved(char c) noexcept {
  return is_ascii_letter(c) || is_ascii_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

/// Appends %XX.
void append_percent(std::string& out, char byte);

/// `text` as one value within a URL: all but the unreserved characters escaped.
std::string escape_value(std::string_view text);

/// The byte that the escape at `pos` stands for; nothing if there is none.
std::optional<char> escaped_byte(std::string_view text, std::size_t pos) noexcept;

/// How many bytes an escape takes.
inline constexpr std::size_t kEscapeSize = 3;

}  // namespace pw
