#pragma once
/// The query language of watchlists (docs/query-language.md): parsing to a tree and printing. Pure functions on values;
/// any thread.

#include "core/result.hpp"
#include "query/dialect/dialect.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pw::query {

/// Longer and more deeply nested queries are rejected.
inline constexpr std::size_t kMaxQueryBytes = 64 * 1024;
inline constexpr std::size_t kMaxDepth = 100;

/// Where a term must occur; `any` is title or text, `lead` the first paragraph.
enum class Field : std::uint8_t { any, title, text, lead };

/// The maximum distance of a NEAR: n tokens, or (/s, /p) the same sentence or paragraph.
enum class Reach : std::uint8_t { tokens, sentence, paragraph };

/// A node of the query tree. Which members are used depends on `kind`.
struct Node {
  enum class Kind : std::uint8_t {
    phrase,    ///< consecutive tokens
    exact,     ///< {as written}: consecutive tokens, where the article contains `value` starting n bytes before the
               ///< first token
    prefix,    ///< a token that starts with tokens[0]
    wildcard,  ///< a token that matches tokens[0], where ? is one character and a trailing * any number of characters
    window,    ///< "a b"~n: all tokens within a window that contains at most n others
    near,      ///< children[0] and [1] within `reach` of each other, in this order if `ordered`; a child may be a near
    all,       ///< AND
    any,       ///< OR
    negation,  ///< NOT
    at_least,  ///< children[0] occurs n times
    property,  ///< a property of the article equals `value`, or is between `value` and `until`; see `name`
  };

  Kind kind = Kind::phrase;
  Field field = Field::any;
  Reach reach = Reach::tokens;
  bool ordered = false;
  std::uint32_t n = 0;
  double weight = 1;
  std::string term;      ///< of leaves: as written
  std::string value;     ///< of exact and property
  std::string until;     ///< of property: the upper end of [value TO until]; otherwise empty
  std::string name;      ///< of property: "lang", "source", "tag", "site", "url", "country", "author"
  std::string alias_of;  ///< the name whose alias this term is; empty if none
  std::vector<std::string> tokens;
  std::vector<Node> children;
};

/// Why a query was rejected, and what it might mean.
struct QueryError {
  std::string message;
  std::size_t offset = 0;             ///< bytes from the start of the query
  std::vector<std::string> readings;  ///< ways to write what may have been meant
};

/// One spelling of a name. In some languages (attached_forms), its forms with particles and case endings match too; ""
/// means none. Each of its words may end in *; in { } it is an exact form.
struct Alias {
  Alias(std::string text_in, std::string language_in = "")
      : text(std::move(text_in)), language(std::move(language_in)) {}
  Alias(const char* text_in) : text(text_in) {}

  friend bool operator==(const Alias&, const Alias&) = default;

  std::string text;
  std::string language;
};

/// A name. A term that equals `name` matches each of its aliases.
struct Name {
  std::string name;
  std::vector<Alias> aliases;

  friend bool operator==(const Name&, const Name&) = default;
};
using Names = std::vector<Name>;
class NameTable;

/// Parses a query. Returns the tree, or what is wrong with the query.
std::variant<Node, QueryError> parse_query(std::string_view query, const NameTable& names,
                                           Dialect dialect = Dialect::presswatch);
std::variant<Node, QueryError> parse_query(std::string_view query, const Names& names = {},
                                           Dialect dialect = Dialect::presswatch);

/// Builds the tree for a list of words and phrases, any of which matches. "|" and "," separate alternatives within a
/// keyword.
std::variant<Node, QueryError> parse_keywords(const std::vector<std::string>& keywords, const NameTable& names);

/// Formats an error for a terminal: the message, the line of the query with a caret under the position, and the
/// readings.
std::string render(const QueryError& error, std::string_view query);

/// The tree as a query in the default dialect, fully bracketed.
std::string to_query(const Node& node);

/// True if the query matches an article without words and properties, as NOT alone does.
bool matches_nothing(const Node& node);

}  // namespace pw::query
