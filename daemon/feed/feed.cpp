#include "feed/feed.hpp"

#include "core/text.hpp"
#include "feed/feed_entries.hpp"
#include "feed/feed_reader.hpp"
#include "feed/json_feed.hpp"

namespace pw::feed {

Result<Feed> parse_feed(std::string_view utf8, std::string_view base_url, Time now) {
  if (utf8.size() > kMaxFeedBytes) {
    return fail(Errc::too_large, "the feed has {} bytes; the limit is {}", utf8.size(), kMaxFeedBytes);
  }
  if (utf8.starts_with("\xEF\xBB\xBF")) utf8.remove_prefix(3);
  const std::string_view text = trim(utf8);
  if (text.empty()) return fail(Errc::parse, "not a feed: the document is empty");
  auto feed = text.front() == '{' ? parse_json_feed(text, base_url, now) : FeedReader(text, base_url, now).read();
  if (feed) keep_newest(*feed);
  return feed;
}

}  // namespace pw::feed
