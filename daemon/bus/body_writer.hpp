#pragma once
/// Writes message bodies as JSON.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::bus {

/// Writes one JSON object in proto3's JSON mapping: keys in call order, members with default values ("", 0, false, an
/// empty list) omitted, 64-bit integers as strings. Invalid UTF-8 becomes U+FFFD. Not thread-safe.
class BodyWriter {
 public:
  BodyWriter() : out_("{") {}
  /// Continues an open body (one whose last character is not a closing brace).
  explicit BodyWriter(std::string open) : out_(std::move(open)) {}

  void open(std::string_view key);
  /// Opens an object in a list.
  void open();
  void close() { out_ += '}'; }
  void open_list(std::string_view key);
  void close_list() { out_ += ']'; }

  void text(std::string_view key, std::string_view value);
  /// Empty strings inside a list are written, since their position counts.
  void texts(std::string_view key, const std::vector<std::string_view>& values);
  void flag(std::string_view key, bool value);
  void number(std::string_view key, std::uint32_t value);
  void long_number(std::string_view key, std::int64_t value);
  void long_number(std::string_view key, std::uint64_t value);
  /// Uses 15 digits, or 17 where 15 do not round-trip. Omits values that are not finite.
  void fraction(std::string_view key, double value);

  /// Returns what was written so far; open objects and lists stay open.
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void comma();
  void key(std::string_view name);
  void quote(std::string_view text);

  std::string out_;
};

}  // namespace pw::bus
