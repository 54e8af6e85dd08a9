#pragma once
/// Inflected forms of names, in languages that attach particles and case endings to words. Private to query. Any
/// thread.

#include <string>
#include <string_view>
#include <vector>

namespace pw::query {

/// The name itself, followed by its forms. `language` is a BCP 47 primary subtag:
/// - he: ו ה ב ל מ ש כ and pairs of them, prefixed to the first word;
/// - ar: و ف ب ل ك and pairs of them, prefixed; before the article ال, ل merges into لل;
/// - az: case endings, the copula and -dakı on the last word, with vowel harmony;
/// - fa: plural, ezafe and -ی on the last word, joined (a zero-width non-joiner does not count);
/// - hy: case endings, the article and the endings of inhabitants on the last word;
/// - ka: case endings and postpositions on the last word, whose nominative -ი is dropped;
/// - ko: particles on the last word.
/// For any other language, for names in { }, and for names with * or ? unless particles are prefixed, the result is the
/// name alone.
std::vector<std::string> attached_forms(std::string_view name, std::string_view language);

}  // namespace pw::query
