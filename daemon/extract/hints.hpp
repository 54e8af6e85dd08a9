#pragma once
/// What a source said of an article (its hints) beside what the page says.

#include "core/article.hpp"

#include <string>

namespace pw::extract {

/// True when the page is about something else: the title of the hints has at least three significant words, and the
/// page's title and text have none of them, also not in another form. False where the two cannot be compared: the page
/// says next to nothing, or they are in different languages or scripts. Linear time; any thread.
bool disagree(const Article& hints, const Article& page);

/// The paragraphs of the hints (title, text), one a line, that the page's title and text do not hold, in their order;
/// to be matched together with the page. A paragraph is held when four fifths of its sequences of four words (two
/// characters, in scripts without spaces) are; a short one when all of it stands in one place. Case, diacritics and
/// punctuation do not count. Linear time; any thread.
std::string missing_text(const Article& hints, const Article& page);

}  // namespace pw::extract
