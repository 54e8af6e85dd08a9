#pragma once
/// The query language of watchlists, read to a tree (docs/watchlists.md).

#include "core/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pw::match {

/// Longer and deeper queries are refused.
inline constexpr std::size_t kMaxQueryBytes = 64 * 1024;
inline constexpr std::size_t kMaxDepth = 100;

enum class Field : std::uint8_t { any, title, text, lead };

struct Node {
  enum class Kind : std::uint8_t {
    phrase,    ///< tokens in a row
    exact,     ///< {as written}: tokens in a row whose original spelling is the same
    prefix,    ///< a token that begins with tokens[0]
    window,    ///< "a b"~n: all tokens within a stretch with at most n others
    near,      ///< children[0] and [1] at most n tokens apart, in order when `ordered`
    all,       ///< AND
    any,       ///< OR
    negation,  ///< NOT
    at_least,  ///< children[0] occurs n times
    property,  ///< language, source, tag, site or url equal `value`
  };

  Kind kind = Kind::phrase;
  Field field = Field::any;
  bool ordered = false;
  std::uint32_t n = 0;
  double weight = 1;
  std::string term;      ///< as written, of leaves
  std::string value;     ///< of exact and property
  std::string name;      ///< of property: "lang", "source", "tag", "site", "url"
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

/// "Names" of a watchlist: a term equal to a name matches each of its aliases.
using Names = std::vector<std::pair<std::string, std::vector<std::string>>>;

/// The tree, or what is wrong with the query.
std::variant<Node, QueryError> parse_query(std::string_view query, const Names& names = {});

/// The tree of a list of words and phrases, any of which matches.
std::variant<Node, QueryError> parse_keywords(const std::vector<std::string>& keywords, const Names& names = {});

/// The message, then the line of the query with a caret under the place, then the readings.
std::string render(const QueryError& error, std::string_view query);

/// The tree as a query in the default language, fully bracketed.
std::string to_query(const Node& node);

/// Can the tree be true of an article without any of its words (NOT alone)?
bool matches_nothing(const Node& node);

}  // namespace pw::match
