#pragma once
/// JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1).

#include "feed/feed.hpp"

namespace pw::feed {

/// Parses a JSON Feed; of a malformed one, the part before the error. `base_url` and `now` are as in parse_feed.
/// Errc::parse if it is not a JSON Feed. Any thread.
Result<Feed> parse_json_feed(std::string_view utf8, std::string_view base_url, Time now);

}  // namespace pw::feed
