#pragma once
/// Composes an article from its page and from the hints of its source. Pure; runs on pool threads.

#include "core/article.hpp"
#include "core/id.hpp"
#include "core/result.hpp"
#include "fetch/fetch_types.hpp"
#include "source/plugin.hpp"

#include <string>
#include <vector>

namespace pw::pipeline {

struct Composed {
  Article article;
  Id content;                      ///< hash of its own title and text, without additions from the source
  std::string refresh;             ///< if set, the page only redirects to this URL, and nothing else is set
  std::string not_yet;             ///< if set, why the page must be tried again, and nothing else is set
  std::vector<std::string> notes;  ///< what was truncated (source/usable.hpp) or is doubtful
};

/// Decodes the page and extracts the article with the source's own extractor or the general one. The source's hints
/// fill gaps. A title, summary or text from the source that the page does not contain is appended to the page's text,
/// so that it is matched too. If the page is not the article (a consent form, a robot check, "not found") or is about
/// something else, the article consists of the hints, and `partial` gives the reason.
Result<Composed> compose(source::Source& source, const fetch::FetchResponse& page, const source::Item& item, Time now);

/// Composes an article from a settled item alone. `partial` is set to `reason` unless the item is complete and was not
/// truncated. An impossible date becomes `now`.
Composed compose_without_page(const source::Item& item, Time now, std::string reason);

/// The item consists of its address only: without its page there is nothing to match.
bool says_nothing(const source::Item& item);

/// Hash of an article's title and text. Distinguishes a revision from a repetition.
Id content_id(const Article& article);

}  // namespace pw::pipeline
