#pragma once
/// Finds the time of day and the zone among a date's tokens. Private to text/date.

#include "text/date/date_tokens.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace pw::text::date {

/// A time of day and its zone. The zone is given by `zone_minutes` or by `region`, or is unknown.
struct ClockTime {
  int hour = 0;
  int minute = 0;
  int second = 0;
  int ms = 0;
  bool found = false;
  bool american = false;            ///< written with am or pm, or with a North American zone
  bool broken = false;              ///< invalid, such as 25:00
  bool zone_unread = false;         ///< a zone is stated but means nothing: "+00:zz", "+99:00"
  std::optional<int> zone_minutes;  ///< minutes east of UTC
  std::string region;               ///< tz database name, folded ("europe/brussels"); resolved once the date is known
};

/// Reads the time and zone and marks their tokens as used.
ClockTime read_clock(std::vector<Token>& tokens);

/// The offset of a tz database zone at a local time, in minutes east of UTC; nullopt for an unknown name.
std::optional<int> region_offset(const std::string& region, std::chrono::sys_seconds local);

}  // namespace pw::text::date
