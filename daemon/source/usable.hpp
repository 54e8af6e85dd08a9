#pragma once
/// What the host asks of an item, article or request before it takes it, whichever form the plugin has.

#include "feed/feed.hpp"
#include "source/plugin.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace pw::source {

inline constexpr std::size_t kMaxItems = 50'000;        ///< of one answer; of more, the newest are kept
inline constexpr std::size_t kMaxPluginItems = 10'000;  ///< of one call, by the protocols of packaged plugins
inline constexpr std::size_t kMaxRequests = 100;        ///< of one call; a turn makes fewer
inline constexpr std::size_t kMaxHeaders = 100;         ///< of a request
inline constexpr std::size_t kMaxAuthors = 100;         ///< of an article
inline constexpr std::size_t kMaxWarnings = 100;        ///< of one call

inline constexpr std::size_t kMaxText = std::size_t{1} << 20U;    ///< bytes of an article's text
inline constexpr std::size_t kMaxCursor = std::size_t{1} << 20U;  ///< bytes
inline constexpr std::size_t kMaxField = std::size_t{64} << 10U;  ///< bytes of everything else

/// An absolute http or https address.
bool is_web_address(const std::string& url);

/// Brings an article within the limits of every article, however it came: its text is cut to kMaxText bytes, and it
/// counts as partial then; other fields to kMaxField bytes; a url, canonical url or image that is no http or https
/// address is taken out (relative ones are completed where the url is one). Says in `notes` what it had to change.
void settle(Article& article, std::vector<std::string>& notes);

/// Settles an item, and gives one without an id the one that its url, or title and text, make; without a url it is
/// complete. Answers why it cannot be used, or "".
std::string make_usable(Item& item, std::vector<std::string>& notes);

/// Leaves out the items over kMaxItems, the oldest by date and before them the last without a date, with a warning.
void keep_newest(Emitted& emitted);

/// Makes every item of an answer usable and leaves out those that cannot be. Its warnings say so, once.
void settle(Emitted& emitted);

/// Takes a warning among others as long as they are no flood; the last one then says that there are more.
void add_warning(std::vector<std::string>& warnings, std::string warning);

/// Says how many entries of a feed were left out.
std::string left_out_warning(const feed::Feed& feed);

/// The entries of a feed as items, in its order.
std::vector<Item> feed_items(const feed::Feed& feed);

}  // namespace pw::source
