#pragma once
/// What the host asks of an item or request before it takes it, whichever form the plugin has.

#include "parse/feed.hpp"
#include "source/plugin.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace pw::source {

inline constexpr std::size_t kMaxItems = 10'000;  ///< that one call may emit

/// An absolute http or https address.
bool is_web_address(const std::string& url);

/// Gives an item without an id the one that its url, or title and text, make; without a url it is complete. Answers why
/// it cannot be used, or "".
std::string make_usable(Item& item);

/// The entries of a feed as items, in its order.
std::vector<Item> feed_items(const parse::Feed& feed);

}  // namespace pw::source
