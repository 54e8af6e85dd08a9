#pragma once
/// The two spellings that nearly every feed uses, read without looking at anything else. Pure, any thread.

#include "core/article.hpp"

#include <optional>
#include <string_view>

namespace pw::text {

/// RFC 822 as RSS has it ("Tue, 03 Mar 2026 10:00:00 GMT"; four-digit year, zone GMT, UT, UTC, Z or a number) and
/// RFC 3339 ("2026-03-03T10:00:00.5+01:00"). What parse_date gives for the same text, or nothing: then ask parse_date.
std::optional<StatedDate> read_wire_date(std::string_view text);

}  // namespace pw::text
