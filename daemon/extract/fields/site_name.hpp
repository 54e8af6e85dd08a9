#pragma once
/// Recognises the name of a site, and strips it from titles. Any thread.

#include "extract/fields/fields.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pw::extract {

/// The letters and digits of a text in lower case, which are the same in different versions of a headline.
std::string letters_of(std::string_view text);

/// The names of a page's site and section, as given by the page and its URL.
class SiteName {
 public:
  SiteName(const FieldSources& from, std::string_view site);

  /// True if a text is the site name rather than a headline, or empty.
  [[nodiscard]] bool is(std::string_view text) const;
  /// True if `part` of a title is the site name in any form, or empty.
  [[nodiscard]] bool names(std::string_view part) const;
  /// `title` without the site name and section at its ends. With `guess`, a short last part that merely looks like a
  /// site name is removed too.
  [[nodiscard]] std::string without(std::string_view title, bool guess) const;

 private:
  [[nodiscard]] bool names_host(std::string_view part, std::string_view letters) const;

  std::vector<std::string> names_;  ///< in the form returned by letters_of
  std::vector<std::string> sections_;
  std::string host_;  ///< letters only
  std::vector<std::string> host_labels_;
};

}  // namespace pw::extract
