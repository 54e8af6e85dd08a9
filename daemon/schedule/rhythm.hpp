#pragma once
/// Learns in which hours of the week a source brings news, and detects that it has been silent for too long.

#include "core/time.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace pw::schedule {

/// A value of about 350 bytes; one thread at a time. Hours are those of UTC, so that a change to summer time shifts a
/// rhythm by one of them.
///
/// For each of the 168 hours of the week, it counts in how many recent weeks the source brought something new in that
/// hour; a week counts an eighth less for each week that follows. From this it computes how likely the present gap is:
/// nights, weekends and slow sources have a small share in it. A source is silent when the gap had a chance of less
/// than 1 in 100,000, and was at least twice as unlikely (as a power) as the longest one of the recent weeks. A source
/// that rests on some day of the week may rest on a holiday too, so its gap must also be worth more than a day and a
/// half of its news.
///
/// Nothing is silent before a week has been observed and 20 hours have brought news.
class Rhythm {
 public:
  /// An empty rhythm, or one from save(); anything else starts empty.
  explicit Rhythm(std::string_view saved = {});
  [[nodiscard]] std::string save() const;

  /// The source was read successfully at `now`. `news`: it brought something new. `last_news`: when it last did so
  /// before; Time{}: never. The hours of a gap are learned when it ends, so that it is judged by what was usual before.
  /// Hours without a reading for more than a day, such as those of a stopped daemon, and those of a silence are not.
  void note(Time now, bool news, Time last_news);

  /// True from the reading that made it silent until the next news.
  [[nodiscard]] bool silent() const { return silent_; }
  /// The number of hours in that period that usually bring news.
  [[nodiscard]] double usual_hours(Time from, Time to) const;

 private:
  static constexpr std::size_t kHours = 168;
  using Week = std::array<double, kHours>;

  void begin_at(std::uint32_t hour);
  void learn_until(std::uint32_t hour);
  void learn(std::uint32_t hour, bool news);
  [[nodiscard]] bool is_known() const;
  [[nodiscard]] bool is_too_long(Time now, Time last_news) const;
  [[nodiscard]] Week chances() const;
  [[nodiscard]] Week intensities() const;

  std::array<std::uint8_t, kHours> weeks_{};  ///< observed, in units of 1/31
  std::array<std::uint8_t, kHours> news_{};   ///< of these, with news
  std::uint32_t begun_ = 0;                   ///< hours are counted from the Unix epoch; 0: nothing was read yet
  std::uint32_t current_ = 0;                 ///< the hour of the last reading
  std::uint32_t open_ = 0;                    ///< the first hour that is not learned yet
  bool open_news_ = false;                    ///< it brought news; those after it have not
  bool silent_ = false;
  std::uint16_t hours_with_news_ = 0;
  float longest_ = 0;  ///< the longest recent gap, as the logarithm of its chance
};

}  // namespace pw::schedule
