#pragma once
/// Limits the entries of a feed to kMaxFeedEntries. Private to feed/.

#include "feed/feed.hpp"

namespace pw::feed {

/// Appends an entry. Occasionally drops those that keep_newest would drop, so that memory use is bounded.
void add_entry(Feed& feed, FeedEntry entry);

/// Drops and counts the entries over kMaxFeedEntries: first the last ones without a date, then the oldest. Keeps the
/// order.
void keep_newest(Feed& feed);

}  // namespace pw::feed
