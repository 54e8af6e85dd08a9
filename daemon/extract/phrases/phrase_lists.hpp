#pragma once
/// The phrases of phrases.hpp in many languages, in lower case, one file per list. Private to extract/.

#include <span>
#include <string_view>

namespace pw::extract {

/// Beginnings of lines that lead to other articles. Sorted.
std::span<const std::string_view> teasers();
/// Requests for money, a subscription, an address or a click.
std::span<const std::string_view> appeals();
/// Beginnings of copyright and agency lines. Sorted.
std::span<const std::string_view> small_print();
/// Beginnings of headings above other content. Sorted.
std::span<const std::string_view> foreign_headings();

}  // namespace pw::extract
