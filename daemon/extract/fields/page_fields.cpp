#include "core/text.hpp"
#include "extract/fields/fields.hpp"
#include "extract/language/language.hpp"
#include "text/url/url.hpp"

#include <algorithm>

namespace pw::extract {
namespace {

using html::NodeIndex;
using html::Tag;

std::string attribute_of_first(const html::Document& document, Tag tag, std::string_view name) {
  for (NodeIndex i = 0; i < document.size(); ++i)
    if (document[i].is_element() && document[i].tag == tag) return std::string(document.attribute(i, name));
  return {};
}

std::string web_url(std::string_view reference, std::string_view base) {
  if (trim(reference).empty()) return {};
  std::string url = text::resolve_url(trim(reference), base);
  return url.starts_with("http://") || url.starts_with("https://") ? url : std::string{};
}

}  // namespace

std::string find_canonical(const FieldSources& from) {
  const html::Document& document = from.page.document;
  std::string canonical;
  for (NodeIndex i = 0; i < document.size() && canonical.empty(); ++i)
    if (document[i].is_element() && document[i].tag == Tag::link &&
        ascii_iequals(document.attribute(i, "rel"), "canonical"))
      canonical = web_url(document.attribute(i, "href"), from.base);
  if (canonical.empty()) canonical = web_url(from.meta.first({"og:url"}), from.base);
  const auto parsed = text::parse_url(canonical);
  const auto own = text::parse_url(from.url);
  // A canonical URL that is the site's front page says nothing about this article.
  if (parsed && own && parsed->path() == "/" && !parsed->has_query() && own->path() != "/") return {};
  return canonical;
}

std::string find_image(const FieldSources& from) {
  for (const std::string_view name :
       {"og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"})
    if (std::string image = web_url(from.meta.first({name}), from.base); !image.empty()) return image;
  return web_url(from.linked.image, from.base);
}

std::string find_section(const FieldSources& from) {
  std::string section =
      folded(from.meta.first({"article:section", "og:article:section", "parsely-section", "section"}));
  if (section.empty()) section = from.linked.section;
  return section.size() <= 100 ? section : std::string{};
}

std::string find_language(const FieldSources& from, std::string_view title, std::string_view text) {
  const std::string of_page = attribute_of_first(from.page.document, Tag::html, "lang");
  const std::string_view of_meta = from.meta.first({"og:locale", "content-language", "language", "dc.language"});
  return settle_language({of_page, from.linked.language, of_meta}, title, text);
}

}  // namespace pw::extract
