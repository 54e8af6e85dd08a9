#pragma once
/// What is matched.

#include <span>
#include <string>
#include <string_view>

namespace pw::match {

/// An article to be matched. Borrows its strings, which must outlive the call.
struct Document {
  std::string_view title;
  std::string_view text;  ///< one paragraph per line
  std::string_view language;
  std::string_view source;
  std::span<const std::string> source_tags;
  std::string_view url;
  std::string_view site;
  std::span<const std::string> authors;
  std::string_view country;  ///< country of the source, two letters (ISO 3166); empty: unknown
};

}  // namespace pw::match
