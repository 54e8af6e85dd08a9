#pragma once
/// What a fetch is asked with and what it answers: plain values.

#include "core/time.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::fetch {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct FetchSettings {
  // What the configuration sets, defaults included.
  std::string user_agent;  ///< with a contact URL
  /// What the address guard lets through although it is not public: "127.0.0.0/8", "10.1.2.3", "[::1]:8080",
  /// "localhost:8080".
  std::vector<std::string> allow_addresses;
  std::size_t max_body = 0;  ///< decoded bytes
  Milliseconds connect_timeout{};
  Milliseconds total_timeout{};  ///< of one exchange, without waiting for a turn
  Milliseconds min_gap{};        ///< between two visits to one host
  unsigned max_per_host = 0;
  unsigned max_total = 0;
  bool robots = true;
  std::string proxy;  ///< empty: none; the environment's proxies are never used

  // The same for everyone, but for tests.
  std::size_t max_headers = std::size_t{256} << 10U;  ///< bytes of all response headers of one exchange
  unsigned max_redirects = 5;
  double max_ratio = 200;               ///< decoded to received bytes
  unsigned low_speed_bytes = 100;       ///< a server slower than this many bytes a second …
  Milliseconds low_speed_time{10'000};  ///< … for this long is given up; whole seconds
  std::vector<std::string> resolve;     ///< "host:port:address" answers that stand before DNS; still guarded
  std::string robots_token = "presswatch";
};

struct FetchRequest {
  std::string url;
  std::string method = "GET";  ///< GET, HEAD or POST
  Headers headers;             ///< from the allow-list of request_headers.hpp
  std::string body;
  std::string etag, last_modified;  ///< sent byte for byte as validators when not empty …
  std::string validators_of;        ///< … but only to this URL, when it is not empty
  std::optional<unsigned>
      consecutive_timeouts;  ///< how often in a row the host was silent, as far as is known from before the start
  bool urgent = false;       ///< goes before others that have never asked their host
  std::string owner;         ///< the source that asks: owners take turns at a host, and a 429 holds its owner first
  std::size_t max_body = 0;  ///< decoded bytes; 0: that of the settings
  bool keep_prefix = false;  ///< a longer body is cut there (FetchResponse::truncated); else it is Errc::too_large
  bool robots = true;        ///< false for calls that are no crawling: a hub that is asked for a subscription
};

struct FetchResponse {
  int status = 0;
  std::string final_url;
  Headers headers;           ///< names in lower case, values trimmed, in the order received
  std::string body;          ///< content encoding undone
  std::string content_type;  ///< as sent, parameters included
  std::string etag, last_modified;
  bool not_modified = false;  ///< 304
  bool truncated = false;     ///< the body is cut at `max_body`, by damage of its encoding, or is a part (206)
  std::string note;           ///< for people: what was wrong although there is a body; why it is truncated
  std::string permanent_url;  ///< the target, when redirected by 301 and 308 only; else empty
  std::optional<Milliseconds> retry_after;
  std::optional<Milliseconds> max_age;  ///< what is left of it: max-age less Age, or Expires less Date (RFC 9111, 4.2)
  Time fetched{};
  Milliseconds took{0};  ///< of the last exchange, from its start to the end of the body

  /// The first header of this lower-case name, or nullptr.
  [[nodiscard]] const std::string* header(std::string_view name) const noexcept;
  /// The absolute target of the first Link header (RFC 8288) with this relation, or "".
  [[nodiscard]] std::string linked(std::string_view relation) const;
};

}  // namespace pw::fetch
