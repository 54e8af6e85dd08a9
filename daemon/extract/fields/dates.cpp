#include "core/text.hpp"
#include "extract/fields/fields.hpp"
#include "extract/fields/vicinity.hpp"
#include "extract/fields/visible_dates.hpp"
#include "text/date/date.hpp"

#include <algorithm>
#include <array>

namespace pw::extract {
namespace {

using html::NodeIndex;

constexpr NodeIndex kFar = 250;   ///< distance (see Vicinity) beyond which a marked date belongs to another article
constexpr NodeIndex kNearer = 5;  ///< number of nodes by which a later date must be closer than an earlier one

std::optional<StatedDate> read(std::string_view text, Time now) {
  return plausible(text::parse_date(trim(text), now), now);
}

/// Names of meta elements, most reliable first.
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

/// True if the name of a meta element denotes first publication.
bool speaks_of_publication(std::string_view name) {
  const auto has = [&](std::string_view part) { return name.find(part) != std::string_view::npos; };
  for (const std::string_view other : {"modif", "update", "expir", "unpublish", "revis", "valid", "site", "event"})
    if (has(other)) return false;
  if (has("publish") || has("pubdate") || has("publication")) return has("date") || has("time") || has("publish");
  return (has("created") || has("issued") || has("uploaded") || has("posted") || has("release")) ||
         (has("date") && (has("article") || has("display") || has("first")));
}

/// itemprop=datePublished or pubdate on elements other than meta; if there are several, the one nearest to the text.
std::optional<StatedDate> stated_in_markup(const FieldSources& from) {
  const html::Document& document = from.page.document;
  std::optional<StatedDate> best;
  NodeIndex best_distance = 0;
  std::optional<Vicinity> vicinity;
  for (NodeIndex i = 0; i < document.size(); ++i) {
    if (!document[i].is_element() || document[i].attribute_count == 0) continue;
    if (document.attribute(i, "itemprop").find("datePublished") == std::string_view::npos &&
        !document.has_attribute(i, "pubdate"))
      continue;
    if (!vicinity) vicinity.emplace(from);
    const NodeIndex distance = vicinity->distance(i);
    if (distance > kFar || (best && distance + kNearer >= best_distance) || vicinity->is_foreign(i)) continue;
    std::optional<StatedDate> date;
    for (const std::string_view name : {"datetime", "content", "title"})
      if (!date) date = read(document.attribute(i, name), from.now);
    if (!date) date = plausible(text::find_date_in_text(from.page.text_below(i), "", from.now), from.now);
    if (!date) continue;
    best = std::move(date);
    best_distance = distance;
  }
  return best;
}

/// Many sites correctly state a time in UTC but show the date of their own time zone in the URL or above the text. If
/// the two dates are adjacent, assigns the smallest whole-hour offset that reconciles them.
StatedDate with_zone_of(StatedDate date, const StatedDate& shown) {
  using namespace std::chrono;
  const auto day = floor<days>(date.time);
  const auto shown_day = floor<days>(shown.time);
  constexpr int kDay = 24 * 60;
  const int minute = static_cast<int>(floor<minutes>(date.time - day).count());
  int zone = 0;
  if (shown_day == day - days{1}) zone = -(minute / 60 + 1) * 60;
  if (shown_day == day + days{1}) zone = (kDay - minute + 59) / 60 * 60;
  if (zone >= -12 * 60 && zone <= 14 * 60) date.zone = static_cast<std::int16_t>(zone);
  return date;
}

std::optional<StatedDate> find_stated(const FieldSources& from) {
  if (auto date = read(from.linked.published, from.now)) return date;
  for (const std::string_view name : kPublished)
    for (const std::string_view content : from.meta.all(name))
      if (auto date = read(content, from.now)) return date;
  if (auto date = stated_in_markup(from)) return date;
  for (const auto& [name, content] : from.meta.entries())
    if (speaks_of_publication(name))
      if (auto date = read(content, from.now)) return date;
  return std::nullopt;
}

}  // namespace

std::optional<StatedDate> find_published(const FieldSources& from, std::string_view language) {
  auto in_url = plausible(text::date_from_url(from.url), from.now);
  if (!in_url) in_url = plausible(text::date_from_url(from.meta.first({"og:url"})), from.now);
  if (auto date = find_stated(from)) {
    if (!date->has_time || date->zone != 0) return date;
    const auto shown = in_url ? in_url : visible_date(from, language);
    return shown && !shown->has_time ? with_zone_of(std::move(*date), *shown) : date;
  }
  if (auto date = visible_date(from, language)) {
    using std::chrono::days;
    const bool near = !in_url || (date->time < in_url->time + days{3} && date->time + days{3} > in_url->time);
    return near ? date : in_url;
  }
  if (in_url) return in_url;
  if (auto date = find_modified(from)) return date;
  const std::string_view description = from.meta.first({"description", "og:description"});
  if (auto date = plausible(text::find_date_in_text(description, language, from.now), from.now)) return date;
  // Image URLs usually contain the date of the upload.
  return plausible(text::date_from_url(from.meta.first({"og:image", "twitter:image"})), from.now);
}

std::optional<StatedDate> find_modified(const FieldSources& from) {
  if (auto date = read(from.linked.modified, from.now)) return date;
  return read(from.meta.first({"article:modified_time", "og:updated_time", "og:modified_time", "datemodified",
                               "dcterms.modified", "last-modified", "lastmod", "article:modified", "date.modified"}),
              from.now);
}

}  // namespace pw::extract
