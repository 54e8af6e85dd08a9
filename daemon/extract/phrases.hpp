#pragma once
/// Phrases that identify text outside the article, in many languages. Pure functions; any thread.

#include <string>
#include <string_view>

namespace pw::extract {

/// True if `text` starts with a phrase such as "Read more" or "See also".
bool starts_like_teaser(std::string_view text);
/// True for requests for money, a subscription, an address or a click.
bool is_appeal(std::string_view text);
/// True for copyright and agency lines.
bool is_small_print(std::string_view text);
/// True if the text names a picture agency.
bool is_picture_credit(std::string_view text);
/// True for headings above other content ("Related", "More on this").
bool is_foreign_heading(std::string_view text);

/// Lower-cases ASCII, Latin-1, Greek and Cyrillic letters, which is enough for finding phrases.
std::string lower_words(std::string_view text);

}  // namespace pw::extract
