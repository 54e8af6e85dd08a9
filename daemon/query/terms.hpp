#pragma once
/// Words, phrases and fields of a query to leaves of the tree. Private to match/.

#include "query/lexer.hpp"
#include "query/names.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pw::query {

/// The folded tokens of a text.
std::vector<std::string> tokens_of(std::string_view text);

/// The leaf of one word, phrase, exact form or range; of words with * or ? in a phrase, ordered NEAR/0s.
/// Names are not looked up. Throws Refusal at `one.offset`.
Node read_term(const Lexeme& one);

/// A field of other products that says when an article was published.
bool is_date_field(std::string_view name);

/// Is it a field whose value is not in the text (lang, site, …)?
bool is_property(std::string_view field);

/// One of the fields of the default dialect.
bool is_our_field(std::string_view name);

/// The text field of a name; throws Refusal for a field that does not exist.
Field text_field(std::string_view name, std::size_t offset);

/// Turns terms into leaves and their names' aliases into ORs; counts them.
class TermReader {
 public:
  explicit TermReader(const NameTable& names) : names_(names) {}
  Node read(const Lexeme& one);

 private:
  Node with_aliases(Node node, std::size_t offset);

  const NameTable& names_;
  std::size_t terms_ = 0;
  std::size_t leaves_ = 0;
};

}  // namespace pw::query
