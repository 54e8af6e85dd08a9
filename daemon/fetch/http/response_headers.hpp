#pragma once
/// What response headers say about time: pauses and freshness.

#include "core/time.hpp"
#include "fetch/fetch_types.hpp"

#include <optional>
#include <string_view>

namespace pw::fetch {

/// One header line as the server sent it, line end included. Adds it in FetchResponse's form; a status line starts the
/// list anew, so that only the last response's headers stay.
void add_header_line(Headers& headers, std::string_view line);

/// An HTTP-date in any of the three forms (RFC 9110, 5.6.7).
std::optional<Time> parse_http_date(std::string_view text);

/// When the response was sent by the server's own clock, or else `now`. Dates of the same response are counted from it:
/// a clock that is wrong, here or there, is then no matter.
Time sent_at(const FetchResponse& response, Time now);

/// Retry-After as seconds or as a date counted from `now`; never negative.
std::optional<Milliseconds> parse_retry_after(std::string_view value, Time now);

/// How long the response is still fresh; nothing when it does not say or forbids reuse (no-store, no-cache).
std::optional<Milliseconds> freshness(const FetchResponse& response, Time now);

}  // namespace pw::fetch
