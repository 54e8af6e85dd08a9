#pragma once
/// Sitemaps, according to the sitemaps.org protocol 0.9: urlset, sitemapindex, news extension, plain text.

#include "feed/feed.hpp"

namespace pw::feed {

inline constexpr std::size_t kMaxSitemapBytes = 52'428'800;  ///< the protocol's limit; longer documents are rejected

/// Parses a sitemap. `entries` have `url`, `updated` (lastmod) and, in news sitemaps, `title`, `published` and
/// `language`; in a sitemapindex (`kind`) they are further sitemaps. RSS and Atom documents are accepted as well
/// (protocol, "other formats"), and text if every line is a URL. Errors as for parse_feed. Gzipped sitemaps must be
/// unpacked by the caller.
Result<Feed> parse_sitemap(std::string_view utf8, std::string_view base_url, Time now = SystemClock{}.now());

}  // namespace pw::feed
