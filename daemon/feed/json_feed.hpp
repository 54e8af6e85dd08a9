#pragma once
/// JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1).

#include "feed/feed.hpp"

namespace pw::feed {

/// Reads a JSON Feed; of a damaged one what stands before the damage. Fails with Errc::parse when it is none.
Result<Feed> parse_json_feed(std::string_view utf8, std::string_view base_url, Time now);

}  // namespace pw::feed
