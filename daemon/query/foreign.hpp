#pragma once
/// Operators, fields and marks of other products, where they would be taken for words. Private to match/.

#include <cstddef>
#include <string_view>

namespace pw::query {

/// Between two terms, where an operator is expected: w/5, near5, adj, same and the like. Throws Refusal if `name` (in
/// lower case) is one, with what can be written here instead.
void refuse_foreign_operator(std::string_view name, std::size_t at);

/// Is it such an operator by its form alone: w5, near5, w/s? "same" and "adj" are words as well.
bool is_foreign_distance(std::string_view name);
/// "atleast5", which wants brackets.
bool is_at_least(std::string_view name);

/// A word that says hd=…, #tag, @user, C++ or ferr!: marks that would not be looked for, or mean something elsewhere.
/// Throws Refusal, which for tags and users names all of the query. `at` is the word's place in the query.
void refuse_foreign_marks(std::string_view word, std::size_t at, std::string_view query);

/// A word right before a bracket, as commands of other products have it.
[[noreturn]] void refuse_command(std::string_view word, std::size_t at);

}  // namespace pw::query
