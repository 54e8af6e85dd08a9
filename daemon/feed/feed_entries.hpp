#pragma once
/// The entries of a feed within kMaxFeedEntries, whatever their number in the document. Private to feed/.

#include "feed/feed.hpp"

namespace pw::feed {

/// Adds an entry at the end. Now and then those that keep_newest would leave out go, so that memory has a bound.
void add_entry(Feed& feed, FeedEntry entry);

/// Leaves out what is over kMaxFeedEntries and counts it: the oldest by date, and before them, from the end, those
/// without a date. The order stays.
void keep_newest(Feed& feed);

}  // namespace pw::feed
