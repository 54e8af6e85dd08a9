#pragma once
/// Truncation, segments and spelling commands of LexisNexis. Private to query/dialect. Any thread.

#include "query/lexer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pw::query {

/// The segment HLEAD, which means title or lead.
inline constexpr std::string_view kHeadField = "hlead";

/// Our field for a segment (in lower case), or kHeadField. Throws Refusal, with readings that may contain `inner`.
std::string segment_field(std::string_view segment, std::string_view inner, std::size_t offset);

/// True for every segment of the product, including those that are rejected.
bool is_segment(std::string_view name);

/// True for CAPS, NOCAPS, ALLCAPS, SINGULAR and PLURAL.
bool is_spelling_command(std::string_view name);
/// What a spelling command matches: exact forms, or the word itself. Throws Refusal.
std::vector<Lexeme> spelled(std::string_view command, std::string_view word, const Lexeme& at);

/// Translates truncation: ! becomes *, a * inside a word becomes ?, and each * at the end becomes an optional letter.
/// Expands HLEAD to title or lead, and replaces names of languages with their codes.
std::vector<Lexeme> expand_lexis_words(std::vector<Lexeme> lexemes);

}  // namespace pw::query
