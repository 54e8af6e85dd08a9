#pragma once
/// Converts words, phrases and fields of a query to leaves of the tree. Private to query. Any thread unless noted
/// otherwise.

#include "query/lexer.hpp"
#include "query/names.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pw::query {

/// The folded tokens of a text.
std::vector<std::string> tokens_of(std::string_view text);

/// The leaf for a word, phrase, exact form or range; a phrase that contains * or ? becomes ordered NEAR/0s. Does not
/// look up names. Throws Refusal at `one.offset`.
Node read_term(const Lexeme& one);

/// True for fields of other products that mean the publication date.
bool is_date_field(std::string_view name);

/// True for fields whose values are not part of the text (lang, site, …).
bool is_property(std::string_view field);

/// True for fields of the default dialect.
bool is_our_field(std::string_view name);

/// The text field with this name. Throws Refusal if there is none.
Field text_field(std::string_view name, std::size_t offset);

/// Converts terms to leaves, expands names to ORs of their aliases, and enforces limits. One object per query; not
/// thread-safe.
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
