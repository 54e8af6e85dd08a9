#pragma once
/// Helpers shared by the readers of the dialects, which all translate to lexemes of the default dialect. Private to
/// query/.

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

/// A bracket or operator at the position of `at`.
Lexeme mark(Lexeme::Kind kind, const Lexeme& at);
Lexeme near_mark(std::uint32_t n, bool ordered, const Lexeme& at);

/// Appends the alternatives in brackets, joined by OR; a single one without brackets.
void append_any(std::vector<Lexeme>& out, std::vector<Lexeme> alternatives);

/// Lucene's sloppy phrase, also used by Meltwater and Brandwatch: n is the total distance that words may be moved, so
/// reversing two words costs two. Supports phrases of one and two words; longer ones are rejected.
void append_sloppy(std::vector<Lexeme>& out, const Lexeme& phrase);

/// The two-letter code for a language code or an English language name.
std::optional<std::string> language_code(std::string_view text);
/// The two-letter code for a two- or three-letter country code (ISO 3166) or an English country name.
std::optional<std::string> country_code(std::string_view text);

/// Replaces the product's field names with ours, and languages and countries with their codes. Rejects other fields.
void rename_fields(std::vector<Lexeme>& lexemes, std::string_view product, std::span<const FieldName> fields);

/// The lexemes of a query in a dialect, and their grammar. Throws Refusal.
struct Read {
  std::vector<Lexeme> lexemes;
  const Grammar* grammar;
};

}  // namespace pw::query
