#pragma once
/// Validates and normalises items, articles and requests from plugins of any kind. Pure functions; any thread.

#include "feed/feed.hpp"
#include "source/plugin.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace pw::source {

inline constexpr std::size_t kMaxItems = 50'000;        ///< per response; if there are more, the newest are kept
inline constexpr std::size_t kMaxPluginItems = 10'000;  ///< per call, by the protocols of packaged plugins
inline constexpr std::size_t kMaxRequests = 100;        ///< per call; a poll makes fewer
inline constexpr std::size_t kMaxHeaders = 100;         ///< per request
inline constexpr std::size_t kMaxAuthors = 100;         ///< per article
inline constexpr std::size_t kMaxWarnings = 100;        ///< per call

inline constexpr std::size_t kMaxText = std::size_t{1} << 20U;    ///< limit on an article's text, in bytes
inline constexpr std::size_t kMaxCursor = std::size_t{1} << 20U;  ///< in bytes
inline constexpr std::size_t kMaxField = std::size_t{64} << 10U;  ///< limit on all other fields, in bytes

/// True for an absolute http or https URL.
bool is_web_address(const std::string& url);

/// Enforces the limits on an article: its text is truncated to kMaxText bytes, which makes it partial, and other fields
/// to kMaxField bytes; url, canonical_url and image are removed unless they are http or https URLs (relative ones are
/// resolved against url). Adds every change to `notes`.
void settle(Article& article, std::vector<std::string>& notes);

/// Normalises an item. An item without an id gets one derived from its url, or else from title and text; an item
/// without a url is complete. Returns why the item is unusable, or "".
std::string make_usable(Item& item, std::vector<std::string>& notes);

/// Drops items over kMaxItems, with a warning: first the last ones without a date, then the oldest.
void keep_newest(Emitted& emitted);

/// Makes every item usable, drops those that cannot be, and adds a warning about them.
void settle(Emitted& emitted);

/// Adds a warning, up to kMaxWarnings; the last one then states that there were more.
void add_warning(std::vector<std::string>& warnings, std::string warning);

/// The warning that entries of a feed were dropped.
std::string left_out_warning(const feed::Feed& feed);

/// Converts the entries of a feed to items, in order.
std::vector<Item> feed_items(const feed::Feed& feed);

}  // namespace pw::source
