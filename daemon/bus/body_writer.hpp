#pragma once
/// JSON of the bodies that the bus carries.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::bus {

/// Writes one JSON object as proto3's JSON mapping prints a message: keys in the order of the calls, a member with its
/// default value ("", 0, false, an empty list) left out, 64-bit integers as strings. What is malformed in a text
/// becomes U+FFFD. One thread.
class BodyWriter {
 public:
  BodyWriter() : out_("{") {}
  /// Goes on with a body that is still open: its last character is no closing brace.
  explicit BodyWriter(std::string open) : out_(std::move(open)) {}

  void open(std::string_view key);
  /// An object in a list.
  void open();
  void close() { out_ += '}'; }
  void open_list(std::string_view key);
  void close_list() { out_ += ']'; }

  void text(std::string_view key, std::string_view value);
  /// An empty text in a list is written: it has a place.
  void texts(std::string_view key, const std::vector<std::string_view>& values);
  void flag(std::string_view key, bool value);
  void number(std::string_view key, std::uint32_t value);
  void long_number(std::string_view key, std::int64_t value);
  void long_number(std::string_view key, std::uint64_t value);
  /// With 15 digits, or 17 where fewer are another number. Not finite: left out, since JSON cannot say it.
  void fraction(std::string_view key, double value);

  /// What was written so far, whatever is still open.
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void comma();
  void key(std::string_view name);
  void quote(std::string_view text);

  std::string out_;
};

}  // namespace pw::bus
