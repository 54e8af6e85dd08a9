#pragma once
/// Reads a document as the daemon reads an answer of a feed or sitemap source.

#include "core/result.hpp"
#include "feed/feed.hpp"

#include <string>
#include <string_view>

namespace pw::cli {

/// Decompresses and decodes `bytes`, and parses what they are: a feed or a sitemap. The error is that of the feed
/// parser if they are neither.
Result<feed::Feed> read_feed(std::string_view bytes, std::string_view content_type, std::string_view url);

/// The kind of source that reads it: "feed" or "sitemap".
std::string_view plugin_for(const feed::Feed& feed);

/// What the document was taken for, and why: "an RSS feed: its root element is <rss>".
std::string_view describe(const feed::Feed& feed);

}  // namespace pw::cli
