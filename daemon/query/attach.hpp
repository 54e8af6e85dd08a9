#pragma once
/// The forms of a name in languages that write particles and case endings onto it. Private to match/.

#include <string>
#include <string_view>
#include <vector>

namespace pw::query {

/// The name itself, first, and its forms. `language` is a BCP 47 primary subtag:
/// - he: ו ה ב ל מ ש כ and pairs of them in front of the first word;
/// - ar: و ف ب ل ك and pairs in front; before the article ال the ل joins it as لل;
/// - az: the case endings behind the last word, by vowel harmony;
/// - hy: the case endings and the article behind the last word.
/// Other languages, names in { }, and az and hy with * or ? have the one form.
std::vector<std::string> attached_forms(std::string_view name, std::string_view language);

}  // namespace pw::query
