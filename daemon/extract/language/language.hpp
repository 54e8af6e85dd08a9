#pragma once
/// The language of an article: what is declared, unless the text contradicts it. Pure; any thread.

#include <initializer_list>
#include <string>
#include <string_view>

namespace pw::extract {

/// The language of a tag such as "en_US", "zh-Hant-TW", "iw" or "fas", in two letters, or in three where there are no
/// two; "" if it is none.
std::string language_of_tag(std::string_view tag);

/// The first of the declared tags that the text does not contradict, by its script or by what it certainly is; else the
/// language that the text certainly is; else "", unknown. Tags may be empty.
std::string settle_language(std::initializer_list<std::string_view> declared, std::string_view title,
                            std::string_view text);

}  // namespace pw::extract
