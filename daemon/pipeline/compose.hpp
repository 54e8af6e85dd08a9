#pragma once
/// One article out of a page and of what the source said of it. Pure; runs on pool threads.

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
  Id content;                      ///< of its own title and text, without what was added from the source's answer
  std::string refresh;             ///< the page only sends on to this URL; nothing else is set then
  std::string not_yet;             ///< why nothing is known of the article: to be tried again; nothing else is set then
  std::vector<std::string> notes;  ///< what was beyond the limits of an article (source/usable.hpp), or is doubtful
};

/// Reads a fetched page: charset, then the source's own extractor or the general one. What the source said is matched
/// together with it: gaps are filled, and title, summary and text that the page does not have stand behind the page's
/// text. Where the page is not the article (a consent form, a check for robots, "not found"), or is about something
/// else altogether, what the source said is the article, `partial` with the reason.
Result<Composed> compose(source::Source& source, const fetch::FetchResponse& page, const source::Item& item, Time now);

/// The article that a settled item makes without its page: title and text as the source gave them, `partial` with the
/// reason unless the item is complete and nothing of it was cut. A date that cannot be becomes `now`.
Composed compose_without_page(const source::Item& item, Time now, std::string reason);

/// The source names the item's address and nothing else: without its page there is nothing to match.
bool says_nothing(const source::Item& item);

/// What an article says, for telling a revision from a repetition.
Id content_id(const Article& article);

}  // namespace pw::pipeline
