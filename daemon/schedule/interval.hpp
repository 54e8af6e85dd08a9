#pragma once
/// How long until a source is asked again: pure arithmetic over what was learned from it.

#include "core/time.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace pw::schedule {

/// No interval is longer, whatever a server asks for.
inline constexpr Milliseconds kLongestRest{7LL * 24 * 3'600'000};

struct IntervalInput {
  Milliseconds base{15 * 60'000};  ///< what the configuration says, used while nothing is learned
  Milliseconds min{60'000};
  Milliseconds max{24 * 3'600'000};
  bool adaptive = true;                 ///< false: `base`, floors and back-off still hold
  std::vector<Time> recent_items;       ///< publication times of recent items, any order
  std::optional<Milliseconds> gap;      ///< their median gap from an earlier time, where there are no recent items
  std::optional<Milliseconds> ttl;      ///< the feed's ttl or sy:update*
  std::optional<Milliseconds> max_age;  ///< what the response's freshness still allows
  std::optional<Milliseconds> retry_after;
  unsigned unchanged_in_row = 0;  ///< consecutive 304s, or polls without a new item
  unsigned failures_in_row = 0;
  double jitter = 0.5;  ///< a random number in [0, 1) that the caller draws
};

/// Half the median gap between recent items, eased by a quarter for each poll without news (at most fourfold), within
/// [min, max]; not below ttl and max_age (each counted up to `max`); not below retry_after whatever it is, up to a
/// week. After failures: min doubled by each (at most `max`, never below the plain interval), give or take a fifth by
/// jitter.
Milliseconds next_interval(const IntervalInput& input);

/// The median distance between neighbours in time; nothing for less than three distinct times.
std::optional<Milliseconds> median_gap(std::span<const Time> times);

/// Where in its interval a source that was never polled starts, so that there is no burst at start-up: in [0,
/// interval), the same for the same id, spread evenly. An interval under a minute starts within a second.
Milliseconds start_offset(std::string_view id, Milliseconds interval);

}  // namespace pw::schedule
