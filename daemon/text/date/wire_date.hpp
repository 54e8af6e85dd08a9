#pragma once
/// A fast path for the two date formats used by nearly every feed. Pure, any thread.

#include "core/article.hpp"

#include <optional>
#include <string_view>

namespace pw::text {

/// Parses RFC 822 as used in RSS ("Tue, 03 Mar 2026 10:00:00 GMT": four-digit year, and as zone GMT, UT, UTC, Z or a
/// number) and RFC 3339 ("2026-03-03T10:00:00.5+01:00"). The result equals that of parse_date; nullopt means that
/// parse_date must decide.
std::optional<StatedDate> read_wire_date(std::string_view text);

}  // namespace pw::text
