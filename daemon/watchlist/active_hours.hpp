#pragma once
/// The hours of the week in which a watchlist may send alerts.

#include "core/result.hpp"
#include "core/time.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace pw::watchlist {

/// Weekly open hours in one time zone. Immutable; any thread.
class ActiveHours {
 public:
  /// `hours`: "08:00-20:00", or several ranges separated by commas; 24:00 is the end of the day, and a range that ends
  /// before it starts continues past midnight and belongs to the day on which it starts. `days`: "Mon-Fri", "Mon, Wed,
  /// Sat-Sun". `timezone`: a name of the IANA database; daylight saving time is taken into account. Errc::config says
  /// which argument is invalid.
  static Result<ActiveHours> read(std::string_view hours, std::string_view days, std::string_view timezone);

  /// True if `now` is within the open hours.
  [[nodiscard]] bool open(Time now) const;
  /// The earliest open time at or after `now`, to the minute.
  [[nodiscard]] Time next_open(Time now) const;

 private:
  /// In minutes since midnight. `end` > `begin`; for ranges past midnight it exceeds 24 hours.
  struct Range {
    int begin = 0;
    int end = 0;
  };
  class Zone;

  static Result<std::vector<Range>> read_ranges(std::string_view hours);

  std::vector<Range> ranges_;
  unsigned days_ = 0;  ///< bit d is day d; Sunday is 0
  std::shared_ptr<const Zone> zone_;
};

}  // namespace pw::watchlist
