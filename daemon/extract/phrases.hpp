#pragma once
/// What texts that are not the article begin with or hold, in many languages.

#include <string>
#include <string_view>

namespace pw::extract {

/// "Read more", "See also" in many languages, at the beginning of `text`.
bool starts_like_teaser(std::string_view text);
/// Asks for money, a subscription, an address or a click.
bool is_appeal(std::string_view text);
/// Copyright and agency lines.
bool is_small_print(std::string_view text);
/// Names a picture agency.
bool is_picture_credit(std::string_view text);
/// A heading over something that is not the article ("Related", "More on this").
bool is_foreign_heading(std::string_view text);

/// Lower case for ASCII, Latin-1, Greek and Cyrillic letters: enough to find words.
std::string lower_words(std::string_view text);

}  // namespace pw::extract
