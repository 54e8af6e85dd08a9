#include "core/text.hpp"
#include "extract/fields/metadata.hpp"

namespace pw::extract {

MetaTags::MetaTags(const html::Document& document) {
  for (html::NodeIndex i = 0; i < document.size(); ++i) {
    if (!document[i].is_element() || document[i].tag != html::Tag::meta) continue;
    const std::string_view content = trim(document.attribute(i, "content"));
    if (content.empty()) continue;
    for (const std::string_view key : {"property", "name", "itemprop", "http-equiv"}) {
      const std::string_view name = document.attribute(i, key);
      if (!name.empty()) entries_.emplace_back(ascii_lower(trim(name)), content);
    }
  }
}

std::string_view MetaTags::first(std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names)
    for (const auto& [key, content] : entries_)
      if (key == name) return content;
  return {};
}

std::vector<std::string_view> MetaTags::all(std::string_view name) const {
  std::vector<std::string_view> out;
  for (const auto& [key, content] : entries_)
    if (key == name) out.push_back(content);
  return out;
}

}  // namespace pw::extract
