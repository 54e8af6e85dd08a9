#pragma once
/// The fields of the default dialect. The parser and presswatch-query(7) use these rows. Any thread.

#include <algorithm>
#include <array>
#include <string_view>

namespace pw::query {

struct FieldRow {
  std::string_view name;
  bool in_text = false;  ///< its values are words of the article; otherwise it is a property of the article
  bool range = false;    ///< also accepts [a TO b]
  std::string_view meaning;
  std::string_view example;
};

inline constexpr std::array kFields{
    FieldRow{"title", true, false, "The title of the article.", "title:(oil OR gas)"},
    FieldRow{"text", true, false, "Its text. A term without a field is searched for in title and text.", "text:oil"},
    FieldRow{"lead", true, false, "The first paragraph of its text.", "lead:\"oil price\""},
    FieldRow{"author", false, false, "Any of its authors: these consecutive words.", "author:\"Jane Smith\""},
    FieldRow{"site", false, false, "The host of its URL, and subdomains of that.", "site:example.org"},
    FieldRow{"url", false, false, "A part of its URL.", "url:\"/world/\""},
    FieldRow{"lang", false, true, "Its language, as a code of two or three letters (ISO 639).", "lang:fa"},
    FieldRow{"country", false, true, "The country of its source, as a code of two letters (ISO 3166).", "country:az"},
    FieldRow{"source", false, true, "The id of its source, which the configuration must have.", "source:jns"},
    FieldRow{"tag", false, true, "A tag of its source, which some source of the configuration must have.", "tag:wire"},
};

/// nullptr if there is no such field.
constexpr const FieldRow* find_field(std::string_view name) {
  const auto* const found = std::ranges::find(kFields, name, &FieldRow::name);
  return found != kFields.end() ? &*found : nullptr;
}

}  // namespace pw::query
