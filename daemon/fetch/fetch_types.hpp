#pragma once
/// Requests, responses and settings of the fetcher. Plain values; all strings are bytes as sent or received unless
/// noted otherwise.

#include "core/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::fetch {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// Limits and identity of the fetcher.
struct FetchSettings {
  // Set by the configuration, including defaults.
  std::string user_agent;  ///< with a contact URL
  /// Exceptions to the address guard for addresses that are not public: "127.0.0.0/8", "10.1.2.3", "[::1]:8080",
  /// "localhost:8080".
  std::vector<std::string> allow_addresses;
  std::size_t max_body = 0;  ///< decoded bytes
  Milliseconds connect_timeout{};
  Milliseconds total_timeout{};  ///< of one exchange, without the wait for a slot
  Milliseconds min_gap{};        ///< between two visits to the same host
  unsigned max_per_host = 0;
  unsigned max_total = 0;
  bool robots = true;
  std::string proxy;  ///< empty: none; the environment's proxies are never used

  // Fixed, except in tests.
  std::size_t max_headers = std::size_t{256} << 10U;  ///< bytes of all response headers of one exchange
  unsigned max_redirects = 5;
  double max_ratio = 200;               ///< maximum ratio of decoded to received bytes
  unsigned low_speed_bytes = 100;       ///< an exchange slower than this many bytes per second …
  Milliseconds low_speed_time{10'000};  ///< … for this time is aborted; whole seconds
  std::vector<std::string> resolve;     ///< "host:port:address" entries that take precedence over DNS, but not over the
                                        ///< address guard
  std::string robots_token = "presswatch";
};

/// One fetch.
struct FetchRequest {
  std::string url;
  std::string method = "GET";  ///< GET, HEAD or POST
  Headers headers;             ///< must be on the allow-list of request_headers.hpp
  std::string body;
  std::string etag, last_modified;  ///< cache validators, sent unchanged if not empty …
  std::string validators_of;        ///< … but only to this URL, if it is set
  std::optional<unsigned>
      consecutive_timeouts;  ///< the host's consecutive timeouts before the start of the daemon, if known
  bool urgent = false;       ///< served before other fetches waiting for a first visit to their host
  std::string owner;         ///< the source; owners take turns at a host, and a 429 first holds its owner only
  std::size_t max_body = 0;  ///< decoded bytes; 0: that of the settings
  bool keep_prefix = false;  ///< truncate a longer body (FetchResponse::truncated); else Errc::too_large
  bool robots = true;        ///< false for requests that are not crawling, such as WebSub subscriptions
};

/// The response after all redirects. A status of 400 or above is a response too.
struct FetchResponse {
  int status = 0;
  std::string final_url;
  Headers headers;           ///< names in lower case, values trimmed, in the order received
  std::string body;          ///< with any content encoding decoded
  std::string content_type;  ///< as sent, including parameters
  std::string etag, last_modified;
  bool not_modified = false;  ///< 304
  bool truncated = false;     ///< cut at `max_body` or by damaged encoding, or a partial response (206)
  std::string note;           ///< for people: why the body is truncated, or what else was wrong with it
  std::string permanent_url;  ///< the target if all redirects were 301 or 308; else empty
  std::optional<Milliseconds> retry_after;
  std::optional<Milliseconds> max_age;  ///< remaining freshness: max-age minus Age, or Expires minus Date (RFC 9111,
                                        ///< section 4.2)
  Time fetched{};
  Milliseconds took{0};  ///< duration of the last exchange, up to the end of the body

  /// The first header with this lower-case name, or nullptr. Valid as long as the response.
  [[nodiscard]] const std::string* header(std::string_view name) const noexcept;
  /// The absolute target of the first Link header (RFC 8288) with this relation type, or "".
  [[nodiscard]] std::string linked(std::string_view relation) const;
};

}  // namespace pw::fetch
