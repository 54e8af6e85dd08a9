#pragma once
/// The hours of the week in which a watchlist may call somebody.

#include "core/result.hpp"
#include "core/time.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace pw::watchlist {

/// A week of open hours, by the clocks of one place. Immutable; any thread.
class ActiveHours {
 public:
  /// `hours`: "08:00-20:00", or several with commas; 24:00 is the day's end, and a range that ends before it begins
  /// runs over midnight and belongs to the day on which it begins. `days`: "Mon-Fri", "Mon, Wed, Sat-Sun". `timezone`:
  /// a name of the IANA database; its changes of the clock are followed. Errc::config says which of them is wrong.
  static Result<ActiveHours> read(std::string_view hours, std::string_view days, std::string_view timezone);

  [[nodiscard]] bool open(Time now) const;
  /// The first open moment that is not before `now`, to the minute.
  [[nodiscard]] Time next_open(Time now) const;

 private:
  /// Minutes of the day; `end` is above `begin`, and above a day's length behind midnight.
  struct Range {
    int begin = 0;
    int end = 0;
  };
  class Zone;

  static Result<std::vector<Range>> read_ranges(std::string_view hours);

  std::vector<Range> ranges_;
  unsigned days_ = 0;  ///< bit d: day d, Sunday is 0
  std::shared_ptr<const Zone> zone_;
};

}  // namespace pw::watchlist
