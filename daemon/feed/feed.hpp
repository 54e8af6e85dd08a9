#pragma once
/// A common representation of all feed formats: RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed, and (in sitemap.hpp)
/// sitemaps.

#include "core/article.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "text/markup/plain_text.hpp"  // IWYU pragma: export

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pw::feed {

inline constexpr std::size_t kMaxFeedBytes = std::size_t{32} * 1024 * 1024;  ///< longer documents are rejected
inline constexpr std::size_t kMaxFeedEntries = 50'000;                       ///< if there are more, the newest are kept
inline constexpr std::size_t kMaxFeedDepth = 256;                            ///< deeper elements count as text

/// One item of a feed. Fields the feed did not give are empty; all strings are valid UTF-8.
struct FeedEntry {
  std::string id;            ///< guid or atom:id as written, or ""
  std::string url;           ///< absolute if it can be resolved; "" if there is none
  bool url_is_file = false;  ///< there is no link, and `url` is that of an attached file, such as a recording
  std::string title;         ///< plain text on one line
  std::string summary;       ///< markup as given
  std::string content;       ///< markup as given
  std::vector<std::string> authors;
  std::optional<StatedDate> published;
  std::optional<StatedDate> updated;
  std::string published_raw;  ///< the date as written, even if it could not be parsed
  std::string language;       ///< as declared (xml:lang, dc:language) or inherited from the feed
  std::string image;          ///< absolute URL
  std::vector<std::string> categories;
};

/// A parsed feed or sitemap.
struct Feed {
  std::string kind;      ///< rss atom rdf json sitemap sitemapindex news-sitemap text-sitemap
  std::string title;     ///< plain text on one line
  std::string url;       ///< URL of the site, absolute
  std::string self;      ///< the feed's own URL, if declared
  std::string hub;       ///< URL of the WebSub hub, if declared
  std::string language;  ///< as declared
  std::optional<int> ttl_minutes;
  std::optional<StatedDate> published;
  std::optional<StatedDate> updated;
  unsigned skip_hours = 0;             ///< bit h is set: do not poll in hour h UTC, 0 to 23
  unsigned skip_days = 0;              ///< bit d is set: do not poll on day d, from 0 (Sunday) to 6 (Saturday)
  unsigned update_period_minutes = 0;  ///< sy:updatePeriod / sy:updateFrequency; 0: not declared
  std::vector<FeedEntry> entries;      ///< in document order
  std::size_t left_out = 0;            ///< entries over kMaxFeedEntries
  bool damaged = false;                ///< not well-formed or truncated; contains what could be read
};

/// Parses RSS, RDF, Atom or JSON Feed; the format is detected from the text, not from any declared type. `base_url` is
/// the URL the feed was fetched from and resolves relative links; `now` determines the century of two-digit years. DTD
/// entities are never expanded. Errc::parse for HTML, empty and other input, Errc::too_large above kMaxFeedBytes. Pure,
/// linear time, any thread.
Result<Feed> parse_feed(std::string_view utf8, std::string_view base_url, Time now = SystemClock{}.now());

/// The id of each entry, in order: its guid, or else the key of its link, or else its title. If different entries would
/// get the same id (a guid or link shared by all items), the ids are derived from it and from what distinguishes the
/// entries: link, title and, without guid and link, date and text. Ids therefore survive edits of an item. Any thread.
std::vector<std::string> entry_ids(const Feed& feed);

}  // namespace pw::feed
