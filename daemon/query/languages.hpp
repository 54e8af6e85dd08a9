#pragma once
/// Languages as articles carry them: two-letter codes (ISO 639-1), or three letters where there is no shorter code.
/// Pure functions; any thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pw::query {

/// The code of the language that `text` means: "EN" is "en", "fas" is "fa", and the retired "iw" is "he". nullopt if
/// there is no such language.
std::optional<std::string> language_code_of(std::string_view text);

/// The code for an English name ("Hebrew") or a tag with a region ("en-US"), to be suggested; nullopt if it is neither.
std::optional<std::string> language_meant(std::string_view text);

/// The codes of the articles to accept if articles in this language are wanted. Pages in Norwegian declare the language
/// (no) or one of its two written forms (nb, nn), and detection tells only the language.
std::vector<std::string> accepted_languages(std::string code);

}  // namespace pw::query
