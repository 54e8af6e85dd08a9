#pragma once
/// Extracts the fields of an article from what the page states about it, preferring the most reliable source. Pure
/// functions; any thread. A field that is not found is "", empty or nullopt.

#include "core/article.hpp"
#include "extract/fields/metadata.hpp"
#include "extract/fields/names.hpp"
#include "extract/page.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pw::extract {

/// Everything that the field rules read. References and views must outlive the calls.
struct FieldSources {
  const Page& page;
  const MetaTags& meta;
  const LinkedData& linked;
  std::string_view url;
  std::string_view base;  ///< the base of relative URLs
  Time now;
  html::NodeIndex container = html::kNoNode;  ///< container of the text, if known
};

std::string find_site(const FieldSources& from);
/// The headline without the site name.
std::string find_title(const FieldSources& from, std::string_view site);
/// Names of people or of an agency, without "By".
std::vector<std::string> find_authors(const FieldSources& from, std::string_view site);
std::optional<StatedDate> find_published(const FieldSources& from, std::string_view language);
std::optional<StatedDate> find_modified(const FieldSources& from);
std::string find_canonical(const FieldSources& from);
std::string find_image(const FieldSources& from);
std::string find_section(const FieldSources& from);
/// The declared language, unless `text` contradicts it; "" if unknown.
std::string find_language(const FieldSources& from, std::string_view title, std::string_view text);

}  // namespace pw::extract
