#include "core/text.hpp"
#include "extract/fields.hpp"
#include "extract/words.hpp"
#include "parse/date.hpp"

#include <algorithm>

namespace pw::extract {
namespace {

using parse::NodeIndex;
using parse::Tag;

std::optional<StatedDate> plausible(std::optional<StatedDate> date, Time now) {
  using std::chrono::days;
  constexpr Time kFirst{std::chrono::sys_days{std::chrono::year{1990} / 1 / 1}};
  if (date && (date->time < kFirst || date->time > now + days{2})) return std::nullopt;
  return date;
}

std::optional<StatedDate> read(std::string_view text, Time now) {
  return plausible(parse::parse_date(trim(text), now), now);
}

bool is_foreign(const Page& page, NodeIndex node) {
  const Rule rule = page.rules[node];
  if (rule == Rule::link_list) return true;
  for (NodeIndex up = node; up != parse::kNoNode; up = page.document[up].parent) {
    const Tag tag = page.document[up].tag;
    if (tag == Tag::aside || tag == Tag::nav || tag == Tag::footer) return true;
  }
  return false;
}

/// time elements and itemprop=datePublished, pubdate first.
std::optional<StatedDate> from_markup(const FieldSources& from, bool stated_only) {
  const parse::Document& document = from.page.document;
  for (NodeIndex i = 0; i < document.size(); ++i) {
    if (!document[i].is_element()) continue;
    const std::string_view item = document.attribute(i, "itemprop");
    const bool stated = item.find("datePublished") != std::string_view::npos || document.has_attribute(i, "pubdate");
    if (stated_only ? !stated : document[i].tag != Tag::time) continue;
    if (!stated && (is_foreign(from.page, i) || item.find("dateModified") != std::string_view::npos)) continue;
    for (const std::string_view name : {"datetime", "content", "title"})
      if (auto date = read(document.attribute(i, name), from.now)) return date;
    if (auto date = plausible(parse::find_date_in_text(from.page.text_below(i), "", from.now), from.now)) return date;
  }
  return std::nullopt;
}

/// Short lines whose class speaks of a date, then any short line near the headline.
std::optional<StatedDate> from_text(const FieldSources& from, std::string_view language) {
  const parse::Document& document = from.page.document;
  ClassWords words;
  for (NodeIndex i = 0; i < document.size(); ++i) {
    if (!document[i].is_element() || document[i].attribute_count == 0 || from.page.text_weight(i) > 100) continue;
    bool date_class = false;
    for (const std::string_view name : {"class", "id"})
      for (const std::string& word : words.split(document.attribute(i, name)))
        date_class = date_class || word == "date" || word == "published" || word == "pubdate" || word == "datum" ||
                     word == "fecha" || word == "data" || word == "time" || word == "timestamp" || word == "byline" ||
                     word == "dateline" || word == "meta" || word == "info" || word == "created" || word == "posted";
    if (!date_class || is_foreign(from.page, i)) continue;
    if (auto date = plausible(parse::find_date_in_text(from.page.text_below(i), language, from.now), from.now))
      return date;
  }
  for (const Block& block : from.page.blocks) {
    if (block.weight > 160 || is_foreign(from.page, block.first)) continue;
    if (auto date = plausible(parse::find_date_in_text(from.page.text_of(block), language, from.now), from.now))
      return date;
  }
  return std::nullopt;
}

}  // namespace

std::optional<StatedDate> find_published(const FieldSources& from, std::string_view language) {
  if (auto date = read(from.linked.published, from.now)) return date;
  for (const std::string_view name : {"article:published_time",
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
                                      "date"}) {
    for (const std::string_view content : from.meta.all(name))
      if (auto date = read(content, from.now)) return date;
  }
  if (auto date = from_markup(from, true)) return date;
  auto in_url = plausible(parse::date_from_url(from.url), from.now);
  if (auto date = from_markup(from, false)) {
    using std::chrono::days;
    const bool near = !in_url || (date->time < in_url->time + days{3} && date->time + days{3} > in_url->time);
    return near ? date : in_url;
  }
  if (in_url) return in_url;
  if (auto date = from_text(from, language)) return date;
  return find_modified(from);
}

std::optional<StatedDate> find_modified(const FieldSources& from) {
  if (auto date = read(from.linked.modified, from.now)) return date;
  return read(from.meta.first({"article:modified_time", "og:updated_time", "og:modified_time", "datemodified",
                               "dcterms.modified", "last-modified", "lastmod", "article:modified", "date.modified"}),
              from.now);
}

}  // namespace pw::extract
