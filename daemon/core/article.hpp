#pragma once
/// The article as every stage after extraction sees it. Plain values: copyable, any thread, all strings valid UTF-8
/// without markup.

#include "core/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pw {

/// A date stated by a page or feed. A date without a time of day is midnight UTC, with `has_time` false.
struct StatedDate {
  Time time{};
  bool has_time = true;
  std::string raw;  ///< as written, if the date was clamped or is uncertain; otherwise empty
  /// The offset of the stated time zone, in minutes east of UTC. `time` + `zone` is the local date shown to readers.
  std::int16_t zone = 0;

  friend bool operator==(const StatedDate&, const StatedDate&) = default;
};

/// An extracted article. Fields that the page does not state are empty.
struct Article {
  std::string url;            ///< absolute URL it was fetched from
  std::string canonical_url;  ///< absolute canonical URL declared by the page, if plausible; otherwise empty
  std::string title;          ///< without the site name
  std::string text;           ///< main text, one paragraph per line ('\n' between paragraphs)
  std::vector<std::string> authors;
  std::optional<StatedDate> published;
  std::optional<StatedDate> modified;
  std::string language;  ///< BCP 47 primary subtag, lower case ("en"); empty if unknown
  std::string site;      ///< site name as given by the page
  std::string section;
  std::string image;     ///< absolute URL of the lead image
  std::string method;    ///< which rule found the text ("article", "json-ld", "feed", …), for --explain and tests
  bool partial = false;  ///< a teaser or the free part of a paywalled article, not the whole text
  std::string partial_reason;  ///< the reason if known, for people: "its page is a consent form"

  friend bool operator==(const Article&, const Article&) = default;
};

}  // namespace pw
