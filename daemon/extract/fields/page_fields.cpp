#include "core/text.hpp"
#include "extract/fields/fields.hpp"
#include "text/url/url.hpp"

#include <algorithm>

namespace pw::extract {
namespace {

using html::NodeIndex;
using html::Tag;

std::string primary_subtag(std::string_view tag) {
  std::string out;
  for (const char c : trim(tag)) {
    if (c == '-' || c == '_') break;
    const char lower = ascii_lower(c);
    if (lower < 'a' || lower > 'z') return {};
    out.push_back(lower);
  }
  return out.size() == 2 || out.size() == 3 ? out : std::string{};
}

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
  // A canonical address that is the site's front page says nothing about this article.
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

std::string find_language(const FieldSources& from, std::string_view text) {
  std::string declared = primary_subtag(attribute_of_first(from.page.document, Tag::html, "lang"));
  if (declared.empty()) declared = primary_subtag(from.linked.language);
  if (declared.empty())
    declared = primary_subtag(from.meta.first({"og:locale", "content-language", "language", "dc.language"}));
  if (declared == "iw") declared = "he";
  if (declared == "in") declared = "id";
  if (!declared.empty() && declared != "en") return declared;
  std::string guessed = guess_language(text);
  // Templates often say "en" whatever the text is.
  return guessed.empty() ? declared : guessed;
}

}  // namespace pw::extract
