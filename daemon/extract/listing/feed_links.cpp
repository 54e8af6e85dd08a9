#include "core/text.hpp"
#include "extract/base_url.hpp"
#include "extract/extract.hpp"
#include "extract/page.hpp"
#include "text/url/url.hpp"

#include <algorithm>

namespace pw::extract {

std::vector<FeedLink> find_feed_links(const html::Document& document, std::string_view url) {
  std::vector<FeedLink> out;
  const std::string base = base_url(document, url);
  for (html::NodeIndex i = 0; i < document.size(); ++i) {
    if (!document[i].is_element() || document[i].tag != html::Tag::link) continue;
    const std::string rel = " " + ascii_lower(document.attribute(i, "rel")) + " ";
    if (rel.find(" alternate ") == std::string::npos) continue;
    std::string type = ascii_lower(document.attribute(i, "type"));
    type = std::string(trim(std::string_view{type}.substr(0, type.find(';'))));
    if (type != "application/rss+xml" && type != "application/atom+xml" && type != "application/feed+json" &&
        type != "application/rdf+xml")
      continue;
    const std::string_view href = trim(document.attribute(i, "href"));
    if (href.empty()) continue;  // it would be the page itself
    FeedLink link{text::resolve_url(href, base), folded(document.attribute(i, "title")), type};
    const bool known = std::ranges::any_of(out, [&](const FeedLink& other) { return other.url == link.url; });
    if (!link.url.empty() && !known) out.push_back(std::move(link));
  }
  return out;
}

}  // namespace pw::extract
