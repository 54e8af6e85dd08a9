#include "core/text.hpp"
#include "extract/fields.hpp"
#include "extract/visible_dates.hpp"
#include "parse/date.hpp"

#include <algorithm>
#include <array>

namespace pw::extract {
namespace {

using parse::NodeIndex;

std::optional<StatedDate> read(std::string_view text, Time now) {
  return plausible(parse::parse_date(trim(text), now), now);
}

/// Names of meta elements, surest first.
constexpr std::array<std::string_view, 26> kPublished{"article:published_time",
                                                      "og:article:published_time",
                                                      "og:published_time",
                                                      "datepublished",
                                                      "article.published",
                                                      "parsely-pub-date",
                                                      "sailthru.date",
                                                      "dc.date.issued",
                                                      "dcterms.created",
                                                      "dc.date.created",
                                                      "dc.date",
                                                      "dcterms.date",
                                                      "citation_publication_date",
                                                      "citation_date",
                                                      "publishdate",
                                                      "publish_date",
                                                      "publish-date",
                                                      "publication_date",
                                                      "pubdate",
                                                      "published_time",
                                                      "article:published",
                                                      "cxenseparse:recs:publishtime",
                                                      "article_date_original",
                                                      "originalpublicationdate",
                                                      "date.release",
                                                      "date"};

/// Whether the name of a meta element speaks of a first publication.
bool speaks_of_publication(std::string_view name) {
  const auto has = [&](std::string_view part) { return name.find(part) != std::string_view::npos; };
  for (const std::string_view other : {"modif", "update", "expir", "unpublish", "revis", "valid", "site", "event"})
    if (has(other)) return false;
  if (has("publish") || has("pubdate") || has("publication")) return has("date") || has("time") || has("publish");
  return (has("created") || has("issued") || has("uploaded") || has("posted") || has("release")) ||
         (has("date") && (has("article") || has("display") || has("first")));
}

/// itemprop=datePublished and pubdate, on anything but meta.
std::optional<StatedDate> stated_in_markup(const FieldSources& from) {
  const parse::Document& document = from.page.document;
  for (NodeIndex i = 0; i < document.size(); ++i) {
    if (!document[i].is_element() || document[i].attribute_count == 0) continue;
    if (document.attribute(i, "itemprop").find("datePublished") == std::string_view::npos &&
        !document.has_attribute(i, "pubdate"))
      continue;
    for (const std::string_view name : {"datetime", "content", "title"})
      if (auto date = read(document.attribute(i, name), from.now)) return date;
    if (auto date = plausible(parse::find_date_in_text(from.page.text_below(i), "", from.now), from.now)) return date;
  }
  return std::nullopt;
}

}  // namespace

std::optional<StatedDate> find_published(const FieldSources& from, std::string_view language) {
  if (auto date = read(from.linked.published, from.now)) return date;
  for (const std::string_view name : kPublished)
    for (const std::string_view content : from.meta.all(name))
      if (auto date = read(content, from.now)) return date;
  if (auto date = stated_in_markup(from)) return date;
  for (const auto& [name, content] : from.meta.entries())
    if (speaks_of_publication(name))
      if (auto date = read(content, from.now)) return date;
  auto in_url = plausible(parse::date_from_url(from.url), from.now);
  if (auto date = visible_date(from, language)) {
    using std::chrono::days;
    const bool near = !in_url || (date->time < in_url->time + days{3} && date->time + days{3} > in_url->time);
    return near ? date : in_url;
  }
  if (in_url) return in_url;
  if (auto date = find_modified(from)) return date;
  // Pictures are kept under the day on which they were added.
  return plausible(parse::date_from_url(from.meta.first({"og:image", "twitter:image"})), from.now);
}

std::optional<StatedDate> find_modified(const FieldSources& from) {
  if (auto date = read(from.linked.modified, from.now)) return date;
  return read(from.meta.first({"article:modified_time", "og:updated_time", "og:modified_time", "datemodified",
                               "dcterms.modified", "last-modified", "lastmod", "article:modified", "date.modified"}),
              from.now);
}

}  // namespace pw::extract
