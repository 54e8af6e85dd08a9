#pragma once
/// A site's name, and taking it off titles.

#include "extract/fields/fields.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pw::extract {

/// The letters and digits of a text in lower case: what two versions of a headline share, whatever their punctuation.
std::string letters_of(std::string_view text);

/// The names of a page's site and section, as the page and the address give them.
class SiteName {
 public:
  SiteName(const FieldSources& from, std::string_view site);

  /// Whether a text is the site's name and no headline, or nothing.
  [[nodiscard]] bool is(std::string_view text) const;
  /// Whether `part` of a title is the site's name, some form of it, or nothing.
  [[nodiscard]] bool names(std::string_view part) const;
  /// `title` without the site's name and the section at its ends. `guess`: also without a short last part that only
  /// looks like one.
  [[nodiscard]] std::string without(std::string_view title, bool guess) const;

 private:
  [[nodiscard]] bool names_host(std::string_view part, std::string_view letters) const;

  std::vector<std::string> names_;  ///< as letters_of
  std::vector<std::string> sections_;
  std::string host_;  ///< letters
  std::vector<std::string> host_labels_;
};

}  // namespace pw::extract
