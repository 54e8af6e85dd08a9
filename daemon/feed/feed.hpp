#pragma once
/// Feeds of every dialect as one shape: RSS 0.9x to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed, and (sitemap.hpp) sitemaps.

#include "core/article.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "text/markup/plain_text.hpp"  // IWYU pragma: export

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pw::feed {

inline constexpr std::size_t kMaxFeedBytes = std::size_t{32} * 1024 * 1024;  ///< longer documents are refused
inline constexpr std::size_t kMaxFeedEntries = 50'000;                       ///< of more, the newest are kept
inline constexpr std::size_t kMaxFeedDepth = 256;                            ///< deeper elements count as text

struct FeedEntry {
  std::string id;       ///< guid or atom:id as written, else ""
  std::string url;      ///< absolute where it can be resolved, "" where there is none
  std::string title;    ///< plain text on one line
  std::string summary;  ///< markup as given
  std::string content;  ///< markup as given
  std::vector<std::string> authors;
  std::optional<StatedDate> published;
  std::optional<StatedDate> updated;
  std::string published_raw;  ///< the date's text, also where it could not be read
  std::string language;       ///< as stated (xml:lang, dc:language), inherited from the feed
  std::string image;          ///< absolute URL
  std::vector<std::string> categories;
};

struct Feed {
  std::string kind;      ///< rss atom rdf json sitemap sitemapindex news-sitemap text-sitemap
  std::string title;     ///< plain text on one line
  std::string url;       ///< the site, absolute
  std::string self;      ///< the feed's own address, where it names one
  std::string hub;       ///< WebSub hub, where it names one
  std::string language;  ///< as stated
  std::optional<int> ttl_minutes;
  std::optional<StatedDate> published;
  std::optional<StatedDate> updated;
  unsigned skip_hours = 0;             ///< bit h: hour h UTC, 0 to 23
  unsigned skip_days = 0;              ///< bit d: 0 Sunday to 6 Saturday
  unsigned update_period_minutes = 0;  ///< sy:updatePeriod / sy:updateFrequency; 0: not stated
  std::vector<FeedEntry> entries;      ///< in document order
  std::size_t left_out = 0;            ///< entries over kMaxFeedEntries
  bool damaged = false;                ///< not well-formed or cut off; what could be read is here
};

/// Reads RSS, RDF, Atom or JSON Feed, by what the text is and not by what it was called. `base_url` is where it was
/// fetched from and resolves relative links; `now` decides the century of two-digit years. DTD entities are never
/// expanded. Fails with Errc::parse for HTML, empty and other input, Errc::too_large above kMaxFeedBytes.
/// Pure, linear time, any thread.
Result<Feed> parse_feed(std::string_view utf8, std::string_view base_url, Time now = SystemClock{}.now());

/// One id an entry, in order: the guid; else the key of the link; else the title. Entries that would share it although
/// they differ (a guid or link that all items have) get ids made of it and of what tells them apart: the link, the
/// title and, where there is neither guid nor link, date and text. So an id stays when an item is edited.
std::vector<std::string> entry_ids(const Feed& feed);

}  // namespace pw::feed
