#pragma once
/// Basic operations on UTF-8 text. Nothing is allocated unless a string is returned. Any thread.

#include <cstddef>
#include <string>
#include <string_view>

namespace pw {

constexpr bool is_ascii_space(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
constexpr bool is_ascii_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_ascii_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr char ascii_lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

/// Removes leading and trailing ASCII white space.
std::string_view trim(std::string_view text) noexcept;

std::string ascii_lower(std::string_view text);

/// Compares two strings, ignoring the case of ASCII letters.
bool ascii_iequals(std::string_view a, std::string_view b) noexcept;

/// next_code_point() for a character that is not ASCII.
char32_t next_long_code_point(std::string_view text, std::size_t& pos) noexcept;

/// Decodes the code point at `pos` and advances `pos` past it. Malformed input yields U+FFFD and advances by the
/// maximal subpart (Unicode 15, section 3.9, table 3-8). Requires pos < text.size().
inline char32_t next_code_point(std::string_view text, std::size_t& pos) noexcept {
  const auto first = static_cast<unsigned char>(text[pos]);
  if (first >= 0x80) return next_long_code_point(text, pos);
  ++pos;
  return first;
}

/// Appends a Unicode scalar value as UTF-8; any other value as U+FFFD.
void append_utf8(std::string& out, char32_t code_point);

bool is_valid_utf8(std::string_view text) noexcept;

/// Replaces every malformed sequence with U+FFFD.
std::string to_valid_utf8(std::string_view text);

/// The number of code points; each malformed sequence counts as one.
std::size_t code_points(std::string_view text) noexcept;

/// The longest prefix of at most `max_bytes` bytes that does not split a code point.
std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes) noexcept;

/// Makes external text safe to print on one line of a log or terminal: control characters (C0, DEL, C1), line and
/// paragraph separators, bidirectional controls, invisible characters and malformed bytes become visible escapes such
/// as \n, \x1b or \u202e. Input beyond `max_bytes` bytes is replaced with "…".
std::string printable(std::string_view text, std::size_t max_bytes = 400);

/// The candidate closest to `word` by edit distance, or "" if none is close enough to be a typing error.
template <class Range>
std::string_view nearest_name(std::string_view word, const Range& candidates);

/// The number of edits (insert, delete, replace, transpose neighbours) between two short ASCII names.
std::size_t edit_distance(std::string_view a, std::string_view b);

template <class Range>
std::string_view nearest_name(std::string_view word, const Range& candidates) {
  std::string_view best;
  std::size_t best_distance = word.size() / 3 + 2;
  for (const auto& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace pw
