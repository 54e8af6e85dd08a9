#pragma once
/// Truncation, segments and spelling commands of LexisNexis. Private to match/.

#include "query/lexer.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pw::query {

/// A segment that is our title or lead: HLEAD.
inline constexpr std::string_view kHeadField = "hlead";

/// Our field of a segment (in lower case), or kHeadField. Throws Refusal with readings that may hold `inner`.
std::string segment_field(std::string_view segment, std::string_view inner, std::size_t offset);

/// Any segment of the product, also those that are refused.
bool is_segment(std::string_view name);

/// CAPS, NOCAPS, ALLCAPS, SINGULAR, PLURAL.
bool is_spelling_command(std::string_view name);
/// What such a command finds: exact forms, or the word itself. Throws Refusal.
std::vector<Lexeme> spelled(std::string_view command, std::string_view word, const Lexeme& at);

/// ! becomes *; a * inside a word is ?, those at its end are letters that may be missing. HLEAD becomes title or lead;
/// languages get their codes.
std::vector<Lexeme> expand_lexis_words(std::vector<Lexeme> lexemes);

}  // namespace pw::query
