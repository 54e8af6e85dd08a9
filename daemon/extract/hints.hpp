#pragma once
/// Compares what a source states about an article (its hints) with what the page says.

#include "core/article.hpp"

#include <string>

namespace pw::extract {

/// True if the page is about something else: the title of the hints has at least three significant words, and none of
/// them occurs in the page's title or text, in any inflected form. False if the two cannot be compared: the page has
/// next to no text, or they are in different languages or scripts. Linear time; any thread.
bool disagree(const Article& hints, const Article& page);

/// The paragraphs of the hints (title and text) that the page's title and text do not contain, in order, one per line;
/// they are matched together with the page. A paragraph is contained if four fifths of its four-word sequences are
/// (two-character sequences in scripts without spaces); a short one must occur in one place as a whole. Case,
/// diacritics and punctuation do not count. Linear time; any thread.
std::string missing_text(const Article& hints, const Article& page);

}  // namespace pw::extract
