#pragma once
/// Parses response headers, in particular those about pauses and freshness. Pure; any thread.

#include "core/time.hpp"
#include "fetch/fetch_types.hpp"

#include <optional>
#include <string_view>

namespace pw::fetch {

/// Adds a header line as received, including its line end. A status line clears the list, so that only the headers of
/// the last response remain.
void add_header_line(Headers& headers, std::string_view line);

/// Parses an HTTP-date in any of its three formats (RFC 9110, section 5.6.7); nullopt if malformed.
std::optional<Time> parse_http_date(std::string_view text);

/// The Date header of the response, or `now`. Other dates of the same response are relative to it, so a wrong clock on
/// either side does not matter.
Time sent_at(const FetchResponse& response, Time now);

/// How far the server's clock is ahead of ours, by the Date of a response that came from the server itself; nothing if
/// it has none, or came from a cache. Accurate to a second or two.
std::optional<Milliseconds> server_ahead(const FetchResponse& response);

/// Parses Retry-After, in seconds or as a date relative to `now`. Never negative; nullopt if malformed.
std::optional<Milliseconds> parse_retry_after(std::string_view value, Time now);

/// The remaining freshness of the response; nullopt if it is not stated or if reuse is forbidden (no-store, no-cache).
std::optional<Milliseconds> freshness(const FetchResponse& response, Time now);

}  // namespace pw::fetch
