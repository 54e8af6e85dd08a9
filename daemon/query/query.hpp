#pragma once
/// The query language of watchlists, read to a tree (docs/query-language.md).

#include "core/result.hpp"
#include "query/dialect/dialect.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pw::query {

/// Longer and deeper queries are refused.
inline constexpr std::size_t kMaxQueryBytes = 64 * 1024;
inline constexpr std::size_t kMaxDepth = 100;

enum class Field : std::uint8_t { any, title, text, lead };

/// How far a NEAR reaches: n tokens, or (/s, /p) anywhere in the same sentence or paragraph.
enum class Reach : std::uint8_t { tokens, sentence, paragraph };

struct Node {
  enum class Kind : std::uint8_t {
    phrase,    ///< tokens in a row
    exact,     ///< {as written}: tokens in a row; the article has `value` there, which begins n bytes before the first
    prefix,    ///< a token that begins with tokens[0]
    wildcard,  ///< a token that fits tokens[0], where ? is one character and a * at the end is any number of them
    window,    ///< "a b"~n: all tokens within a stretch with at most n others
    near,      ///< children[0] and [1] within reach of each other, in order when `ordered`; a child may be a near
    all,       ///< AND
    any,       ///< OR
    negation,  ///< NOT
    at_least,  ///< children[0] occurs n times
    property,  ///< language, source, tag, site, url, country or author is `value`, or stands between it and `until`
  };

  Kind kind = Kind::phrase;
  Field field = Field::any;
  Reach reach = Reach::tokens;
  bool ordered = false;
  std::uint32_t n = 0;
  double weight = 1;
  std::string term;      ///< as written, of leaves
  std::string value;     ///< of exact and property
  std::string until;     ///< of property: [value TO until]; else empty
  std::string name;      ///< of property: "lang", "source", "tag", "site", "url", "country", "author"
  std::string alias_of;  ///< the name that the term stands for
  std::vector<std::string> tokens;
  std::vector<Node> children;
};

/// Why a query was refused, and what it might mean.
struct QueryError {
  std::string message;
  std::size_t offset = 0;             ///< bytes into the query
  std::vector<std::string> readings;  ///< ways to write what was perhaps meant
};

/// One way to write a name. In `language` ("he", "ar", "az", "hy"; empty: none) it also has the forms that particles
/// and case endings make of it. Each of its words may end in a *; in { } it is an exact form.
struct Alias {
  Alias(std::string text_in, std::string language_in = "")
      : text(std::move(text_in)), language(std::move(language_in)) {}
  Alias(const char* text_in) : text(text_in) {}

  std::string text;
  std::string language;
};

/// A term that equals `name` matches each of its aliases.
struct Name {
  std::string name;
  std::vector<Alias> aliases;
};
using Names = std::vector<Name>;
class NameTable;

/// The tree, or what is wrong with the query.
std::variant<Node, QueryError> parse_query(std::string_view query, const NameTable& names,
                                           Dialect dialect = Dialect::presswatch);
std::variant<Node, QueryError> parse_query(std::string_view query, const Names& names = {},
                                           Dialect dialect = Dialect::presswatch);

/// The tree of a list of words and phrases, any of which matches. A "|" or "," in one separates two.
std::variant<Node, QueryError> parse_keywords(const std::vector<std::string>& keywords, const NameTable& names);

/// The message, then the line of the query with a caret under the place, then the readings.
std::string render(const QueryError& error, std::string_view query);

/// The tree as a query in the default language, fully bracketed.
std::string to_query(const Node& node);

/// Is the tree true of an article without words and without properties (NOT alone)?
bool matches_nothing(const Node& node);

}  // namespace pw::query
