#pragma once
/// Sitemaps, according to the sitemaps.org protocol 0.9: urlset, sitemapindex, news extension, plain text.

#include "feed/feed.hpp"

namespace pw::feed {

inline constexpr std::size_t kMaxSitemapBytes = 52'428'800;  ///< the protocol's limit; longer documents are refused

/// Reads a sitemap: `entries` hold `url`, `updated` (lastmod) and, of news sitemaps, `title`, `published`, `language`.
/// Of a sitemapindex (`kind`) they are further sitemaps. RSS and Atom documents are sitemaps too (protocol, "other
/// formats"). Text is read when every line is a URL. Failures as parse_feed; gz is the caller's.
Result<Feed> parse_sitemap(std::string_view utf8, std::string_view base_url, Time now = SystemClock{}.now());

}  // namespace pw::feed
