#pragma once
/// The language of an article: the declared one, unless the text contradicts it. Pure; any thread.

#include <initializer_list>
#include <string>
#include <string_view>

namespace pw::extract {

/// The language of a tag such as "en_US", "zh-Hant-TW", "iw" or "fas" as a two-letter code, or three-letter where there
/// is none; "" if invalid.
std::string language_of_tag(std::string_view tag);

/// The first declared tag that neither the script nor a certain detection contradicts; otherwise the language detected
/// with certainty; otherwise "". Tags may be empty.
std::string settle_language(std::initializer_list<std::string_view> declared, std::string_view title,
                            std::string_view text);

}  // namespace pw::extract
