#pragma once
/// Where a value stands in a JSON document: JSON Pointer (RFC 6901) with "*" for every member, and text made of
/// several.

#include "core/result.hpp"

#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace pw {

/// A compiled pointer: immutable, any thread.
class JsonPath {
 public:
  /// "" is the whole document, "/a/0/b" a member; "~1" stands for "/" and "~0" for "~". Errc::invalid for the rest.
  static Result<JsonPath> compile(std::string_view pointer);

  /// What stands there: none, one, or with "*" (every element of an array, every member of an object) several, in
  /// document order, at most 10 000. The pointers live as long as `root`.
  [[nodiscard]] std::vector<const boost::json::value*> select(const boost::json::value& root) const;

 private:
  std::vector<std::string> tokens_;
};

/// What a field of an item is made of: a pointer ("/title"), a text with pointers in braces
/// ("https://news.example/{/id}"), or several of these with " | " between, of which the first that says something
/// counts. A text whose pointers do not all give a value says nothing. Immutable, any thread.
class JsonField {
 public:
  JsonField() = default;
  /// "" gives a field that never says anything. Errc::invalid for a malformed pointer or an open brace.
  static Result<JsonField> compile(std::string_view spec);

  [[nodiscard]] bool empty() const noexcept { return choices_.empty(); }
  /// Every value that is not blank: strings as they are, numbers as digits, true and false; null, objects and arrays
  /// are no values.
  [[nodiscard]] std::vector<std::string> values(const boost::json::value& item) const;
  /// The first of values(), or "".
  [[nodiscard]] std::string text(const boost::json::value& item) const;

 private:
  struct Part {
    std::string literal;
    JsonPath path;  ///< behind the literal, where has_path
    bool has_path = false;
  };
  using Choice = std::vector<Part>;

  static Result<Choice> compile_choice(std::string_view spec);
  static std::vector<std::string> evaluate(const Choice& choice, const boost::json::value& item);

  std::vector<Choice> choices_;
};

/// Parses a JSON text of at most `max_depth` levels, a byte order mark in front allowed. Errc::parse with the place.
Result<boost::json::value> parse_json(std::string_view utf8, std::size_t max_depth = 64);

}  // namespace pw
