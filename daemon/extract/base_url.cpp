#include "extract/base_url.hpp"

#include "core/text.hpp"
#include "text/url/url.hpp"

namespace pw::extract {

std::string base_url(const html::Document& page, std::string_view url) {
  for (html::NodeIndex node = 0; node < page.size(); ++node) {
    if (page[node].tag != html::Tag::base || !page.has_attribute(node, "href")) continue;
    std::string base = text::resolve_url(trim(page.attribute(node, "href")), url);
    return base.starts_with("http://") || base.starts_with("https://") ? base : std::string(url);
  }
  return std::string(url);
}

}  // namespace pw::extract
