#pragma once
/// Addresses values in JSON documents: JSON Pointer (RFC 6901), extended by the wildcard "*" and by text templates that
/// combine several pointers.

#include "core/result.hpp"

#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace pw {

/// A compiled pointer. Immutable, any thread.
class JsonPath {
 public:
  /// "" is the whole document, "/a/0/b" a member; "~1" escapes "/" and "~0" escapes "~". Errc::invalid if malformed.
  static Result<JsonPath> compile(std::string_view pointer);

  /// The values the pointer selects, in document order: none, one, or with "*" (every array element or object member)
  /// several, at most 10,000. The returned pointers are valid as long as `root`.
  [[nodiscard]] std::vector<const boost::json::value*> select(const boost::json::value& root) const;

 private:
  std::vector<std::string> tokens_;
};

/// Describes how to read a field of an item: a pointer ("/title"), a template with pointers in braces
/// ("https://news.example/{/id}"), or alternatives separated by " | ", the first of which that yields a value is used.
/// A template yields nothing unless all its pointers have a value. Immutable, any thread.
class JsonField {
 public:
  JsonField() = default;
  /// "" compiles to a field that never yields a value. Errc::invalid for a malformed pointer or an unclosed brace.
  static Result<JsonField> compile(std::string_view spec);

  [[nodiscard]] bool empty() const noexcept { return choices_.empty(); }
  /// All non-blank values: strings as they are, numbers as digits, true and false. Null, objects and arrays do not
  /// count as values.
  [[nodiscard]] std::vector<std::string> values(const boost::json::value& item) const;
  /// The first of values(), or "" if there is none.
  [[nodiscard]] std::string text(const boost::json::value& item) const;

 private:
  struct Part {
    std::string literal;
    JsonPath path;  ///< follows the literal if has_path
    bool has_path = false;
  };
  using Choice = std::vector<Part>;

  static Result<Choice> compile_choice(std::string_view spec);
  static std::vector<std::string> evaluate(const Choice& choice, const boost::json::value& item);

  std::vector<Choice> choices_;
};

/// Parses JSON text, with or without a byte order mark, nested at most `max_depth` levels deep. Errc::parse with the
/// byte offset if malformed. Any thread.
Result<boost::json::value> parse_json(std::string_view utf8, std::size_t max_depth = 64);

}  // namespace pw
