#pragma once
/// The article as every stage after extraction sees it: plain values, UTF-8, no markup.

#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pw {

/// A date that a page or feed states. A day without a time is midnight UTC with `has_time` false.
struct StatedDate {
  Time time{};
  bool has_time = true;
  std::string raw;  ///< as written, when it was clamped or is in doubt; otherwise empty
  /// Minutes east of UTC of the zone in which it was stated: the day that readers see is that of `time` + this.
  std::int16_t zone = 0;

  friend bool operator==(const StatedDate&, const StatedDate&) = default;
};

struct Article {
  std::string url;            ///< absolute, where it was fetched from
  std::string canonical_url;  ///< what the page says its address is, where that is plausible; else empty
  std::string title;          ///< without the site's name
  std::string text;           ///< main text, a paragraph a line ('\n' between paragraphs)
  std::vector<std::string> authors;
  std::optional<StatedDate> published;
  std::optional<StatedDate> modified;
  std::string language;  ///< BCP 47 primary subtag, lower case ("en"); empty: unknown
  std::string site;      ///< the site's name as the page gives it
  std::string section;
  std::string image;     ///< absolute URL of the lead image
  std::string method;    ///< which rule found the text ("article", "json-ld", "feed", …), for --explain and tests
  bool partial = false;  ///< a teaser or paywalled beginning, not the whole article
  std::string partial_reason;  ///< why, where that is known, for people: "its page is a consent form"

  friend bool operator==(const Article&, const Article&) = default;
};

}  // namespace pw
