#include "core/text.hpp"
#include "extract/fields/fields.hpp"
#include "extract/fields/names.hpp"
#include "extract/fields/site_name.hpp"
#include "extract/fields/visible_authors.hpp"

#include <algorithm>

namespace pw::extract {
namespace {

/// twitter:label1 and twitter:data1 are a label and its value, for previews: "Written by", "Ann Lee".
std::string_view labelled_author(const MetaTags& meta) {
  for (const auto& [label, data] :
       {std::pair{"twitter:label1", "twitter:data1"}, std::pair{"twitter:label2", "twitter:data2"}}) {
    const std::string_view value = meta.first({data});
    if (!value.empty() && begins_like_byline(std::string(meta.first({label})) + " " + std::string(value))) return value;
  }
  return {};
}

}  // namespace

std::vector<std::string> find_authors(const FieldSources& from, std::string_view site_name) {
  const SiteName site{from, site_name};
  std::vector<std::string> last_resort;
  /// Drops login names, and the site's own name unless it accompanies an agency.
  const auto people = [&](const std::vector<std::string>& names) {
    const auto is_other = [&](const std::string& name) { return !site.names(name) && !is_login(name); };
    const bool person =
        std::ranges::any_of(names, [&](const std::string& n) { return is_other(n) && is_full_name(n); });
    const bool agency = !person && std::ranges::any_of(names, is_other);
    std::vector<std::string> out;
    for (const std::string& name : names) {
      if (is_other(name) || (agency && !is_login(name))) {
        out.push_back(name);
      } else {
        add_name(last_resort, name);
      }
    }
    return out;
  };
  const auto split = [](const auto& texts) {
    std::vector<std::string> names;
    for (const auto& text : texts)
      for (std::string& name : names_in(text)) add_name(names, std::move(name));
    return names;
  };
  std::vector<std::string> organizations = split(from.linked.organizations);
  if (auto names = people(split(from.linked.authors)); !names.empty()) {
    for (const std::string& name : organizations)
      if (!site.names(name)) add_name(names, name);
    return names;
  }
  for (const std::string_view key : {"author", "article:author", "parsely-author", "dc.creator", "sailthru.author",
                                     "citation_author", "dcterms.creator", "byl", "og:article:author", "dcsext.author",
                                     "cxenseparse:author", "article.author", "authors", "article:author_name"})
    if (auto names = people(split(from.meta.all(key)));
        organizations.empty() ? !names.empty() : std::ranges::any_of(names, is_full_name))
      return names;
  if (auto names = people(names_in(labelled_author(from.meta))); !names.empty()) return names;
  auto visible = visible_authors(from);
  if (std::ranges::any_of(visible, is_full_name)) return visible;
  if (!organizations.empty()) return organizations;
  if (from.linked.is_news && !last_resort.empty()) return last_resort;
  return visible.empty() ? last_resort : visible;
}

}  // namespace pw::extract
