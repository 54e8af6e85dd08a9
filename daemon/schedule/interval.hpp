#pragma once
/// Computes when to poll a source again from what is known about it. Pure functions; any thread.

#include "core/time.hpp"

#include <optional>
#include <span>
#include <vector>

namespace pw::schedule {

/// Upper limit of every interval, whatever a server requests.
inline constexpr Milliseconds kLongestRest{7LL * 24 * 3'600'000};

/// What is known about a source.
struct IntervalInput {
  Milliseconds base{15 * 60'000};  ///< configured interval, used until something is learned
  Milliseconds min{60'000};
  Milliseconds max{24 * 3'600'000};
  bool adaptive = true;                 ///< if false, `base` is used; lower limits and back-off still apply
  std::vector<Time> recent_items;       ///< publication times of recent items, in any order
  std::optional<Milliseconds> gap;      ///< median gap computed earlier, for use without recent items
  std::optional<Milliseconds> ttl;      ///< from the feed's ttl or sy:update*
  std::optional<Milliseconds> max_age;  ///< remaining freshness of the response
  std::optional<Milliseconds> retry_after;
  unsigned unchanged_in_row = 0;  ///< consecutive 304 responses, or polls without new items
  unsigned failures_in_row = 0;
  double jitter = 0.5;  ///< a random number in [0, 1), drawn by the caller
};

/// The next interval: half the median gap between recent items, extended by a quarter for each poll without news (to at
/// most four times its length), and limited to [min, max]. It is at least ttl and max_age (each limited to `max`), and
/// at least retry_after (limited to a week). After failures: `min`, doubled for each of them, limited to `max`, but
/// never below the regular interval, plus or minus a fifth by jitter.
Milliseconds next_interval(const IntervalInput& input);

/// The median distance between consecutive times; nullopt for fewer than three distinct times.
std::optional<Milliseconds> median_gap(std::span<const Time> times);

}  // namespace pw::schedule
