#pragma once
/// What the readers of the dialects share: they all turn what they read into lexemes of the default dialect. Private to
/// match/.

#include "query/dialect/dialect.hpp"
#include "query/lexer.hpp"
#include "query/parser.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pw::query {

/// A mark (bracket, operator) that stands where `at` stands in the query.
Lexeme mark(Lexeme::Kind kind, const Lexeme& at);
Lexeme near_mark(std::uint32_t n, bool ordered, const Lexeme& at);

/// The alternatives in brackets with OR between them; one stands alone.
void append_any(std::vector<Lexeme>& out, std::vector<Lexeme> alternatives);

/// Lucene's sloppy phrase, which Meltwater and Brandwatch have as well: n is how far the words may be moved in all, so
/// that two words in the other order cost two. One and two words can be said here; more are refused.
void append_sloppy(std::vector<Lexeme>& out, const Lexeme& phrase);

/// The two letters of a language: of its code, or its English name.
std::optional<std::string> language_code(std::string_view text);
/// The two letters of a country: of its two or three letters (ISO 3166), or its English name.
std::optional<std::string> country_code(std::string_view text);

/// A field of a product and ours.
struct FieldName {
  std::string_view theirs;
  std::string_view ours;
};

/// Puts our field for the product's, and codes for the languages and countries asked for. Refuses other fields.
void rename_fields(std::vector<Lexeme>& lexemes, std::string_view product, std::span<const FieldName> fields);

/// The lexemes of a query in a dialect, and how they bind. Throws Refusal.
struct Read {
  std::vector<Lexeme> lexemes;
  const Grammar* grammar;
};

}  // namespace pw::query
