#pragma once
/// The time of day and the zone among a date's tokens. Private to parse/date*.

#include "text/date/date_tokens.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace pw::text::date {

struct ClockTime {
  int hour = 0;
  int minute = 0;
  int second = 0;
  int ms = 0;
  bool found = false;
  bool american = false;  ///< written with am or pm, or with a North American zone
  bool broken = false;    ///< impossible, such as 25:00 or a zone of "+00:zz"
  std::optional<int> zone_minutes;
  std::string region;  ///< "Europe/Brussels", folded; resolved once the day is known
};

/// Reads time and zone and marks their tokens as used.
ClockTime read_clock(std::vector<Token>& tokens);

/// Minutes east of UTC of a zone of the tz database at a local time; nothing for an unknown name.
std::optional<int> region_offset(const std::string& region, std::chrono::sys_seconds local);

}  // namespace pw::text::date
