#pragma once
/// The fields of an article, each from what the page states about it, best source first.

#include "core/article.hpp"
#include "extract/fields/metadata.hpp"
#include "extract/fields/names.hpp"
#include "extract/page.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pw::extract {

/// All that the rules for fields read.
struct FieldSources {
  const Page& page;
  const MetaTags& meta;
  const LinkedData& linked;
  std::string_view url;
  std::string_view base;  ///< where relative addresses start from
  Time now;
  html::NodeIndex container = html::kNoNode;  ///< of the text, where it is known
};

std::string find_site(const FieldSources& from);
/// Without the site's name.
std::string find_title(const FieldSources& from, std::string_view site);
/// Names of people (or of an agency), without "By".
std::vector<std::string> find_authors(const FieldSources& from, std::string_view site);
std::optional<StatedDate> find_published(const FieldSources& from, std::string_view language);
std::optional<StatedDate> find_modified(const FieldSources& from);
std::string find_canonical(const FieldSources& from);
std::string find_image(const FieldSources& from);
std::string find_section(const FieldSources& from);
/// Declared, then guessed from `text` by script and frequent words.
std::string find_language(const FieldSources& from, std::string_view text);
/// The language of a text by its script and most frequent words; "" unknown.
std::string guess_language(std::string_view text);

}  // namespace pw::extract
