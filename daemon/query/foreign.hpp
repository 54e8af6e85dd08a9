#pragma once
/// Detects operators, fields and syntax of other products where they would be parsed as words. Private to query. Any
/// thread.

#include <cstddef>
#include <string_view>

namespace pw::query {

/// For use between two terms, where an operator is expected: throws Refusal if `name` (in lower case) is a foreign
/// operator such as w/5, near5, adj or same. The error suggests a replacement.
void refuse_foreign_operator(std::string_view name, std::size_t at);

/// True for names that can only be such an operator (w5, near5, w/s), unlike "same" and "adj", which are words too.
bool is_foreign_distance(std::string_view name);
/// True for "atleast5" and similar, which must be followed by brackets.
bool is_at_least(std::string_view name);

/// Throws Refusal for words such as hd=…, #tag, @user, C++ and ferr!, whose special characters would be ignored here or
/// mean something in other products. For tags and users, the error lists all of them in the query. `at` is the word's
/// offset in the query.
void refuse_foreign_marks(std::string_view word, std::size_t at, std::string_view query);

/// Throws Refusal for a word directly before a bracket, as in commands of other products.
[[noreturn]] void refuse_command(std::string_view word, std::size_t at);

}  // namespace pw::query
