#include "watchlist/active_hours.hpp"

#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>
#include <unicode/strenum.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace pw::watchlist {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr int kDay = 24 * 60;
constexpr std::array<std::string_view, 7> kDays{"sunday",   "monday", "tuesday", "wednesday",
                                                "thursday", "friday", "saturday"};

std::vector<std::string_view> split(std::string_view text, char mark) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(mark, at), text.size());
    out.push_back(trim(text.substr(at, end - at)));
    at = end + 1;
  }
  return out;
}

/// Parses "08:00" or "8:00" to minutes since midnight.
std::optional<int> read_clock(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon > 2 || text.size() != colon + 3) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, colon)) {
    if (!is_ascii_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  if (!is_ascii_digit(text[colon + 1]) || !is_ascii_digit(text[colon + 2])) return std::nullopt;
  const int minute = (text[colon + 1] - '0') * 10 + (text[colon + 2] - '0');
  const int total = value * 60 + minute;
  return minute < 60 && total <= kDay ? std::optional(total) : std::nullopt;
}

std::optional<unsigned> read_day(std::string_view text) {
  const std::string name = ascii_lower(text);
  const auto found =
      std::ranges::find_if(kDays, [&](std::string_view day) { return name == day || name == day.substr(0, 3); });
  if (found == kDays.end()) return std::nullopt;
  return static_cast<unsigned>(found - kDays.begin());
}

Result<unsigned> read_days(std::string_view text) {
  unsigned out = 0;
  for (const std::string_view part : split(text, ',')) {
    const auto ends = split(part, '-');
    const auto first = read_day(ends.front());
    const auto last = read_day(ends.back());
    if (!first || !last || ends.size() > 2) {
      return fail(Errc::config, "active.days must be like \"Mon-Fri\" or \"Mon, Wed, Sat-Sun\", not \"{}\"",
                  printable(text));
    }
    for (unsigned day = *first;; day = (day + 1) % 7) {
      out |= 1U << day;
      if (day == *last) break;
    }
  }
  return out;
}

std::string nearest_zone(std::string_view name) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::StringEnumeration> all(icu::TimeZone::createEnumeration(error));
  std::vector<std::string> names;
  while (all != nullptr && U_SUCCESS(error)) {
    const char* one = all->next(nullptr, error);
    if (one == nullptr) break;
    names.emplace_back(one);
  }
  return std::string(nearest_name(name, names));
}

}  // namespace

/// ICU's time zone data for one place.
class ActiveHours::Zone {
 public:
  static Result<std::shared_ptr<const Zone>> find(std::string_view name) {
    const icu::StringPiece piece(name.data(), static_cast<std::int32_t>(std::min<std::size_t>(name.size(), 100)));
    std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(piece)));
    if (zone != nullptr && *zone != icu::TimeZone::getUnknown()) {
      return std::shared_ptr<const Zone>(std::make_shared<Zone>(std::move(zone)));
    }
    const std::string near = nearest_zone(name);
    return fail(Errc::config, "active.timezone \"{}\" is unknown; {}", printable(name),
                near.empty() ? "it must be a name such as \"Asia/Baku\"" : fmt::format("did you mean \"{}\"?", near));
  }

  explicit Zone(std::unique_ptr<icu::TimeZone> zone) : zone_(std::move(zone)) {}

  /// The local time at a UTC instant, represented as if it were UTC.
  [[nodiscard]] Time local(Time utc) const { return utc + offset(utc, false); }
  /// The UTC instant at which the local time is `local`.
  [[nodiscard]] Time utc(Time local) const { return local - offset(local, true); }

 private:
  [[nodiscard]] Milliseconds offset(Time time, bool is_local) const {
    std::int32_t standard = 0;
    std::int32_t summer = 0;
    UErrorCode error = U_ZERO_ERROR;
    zone_->getOffset(static_cast<UDate>(to_ms(time)), is_local ? 1 : 0, standard, summer, error);
    return Milliseconds{standard + summer};
  }

  std::unique_ptr<icu::TimeZone> zone_;
};

Result<std::vector<ActiveHours::Range>> ActiveHours::read_ranges(std::string_view hours) {
  std::vector<Range> out;
  for (const std::string_view part : split(hours, ',')) {
    const auto ends = split(part, '-');
    const auto begin = read_clock(ends.front());
    const auto end = read_clock(ends.back());
    if (ends.size() != 2 || !begin || !end || *begin == kDay || *begin == *end) {
      return fail(Errc::config, "active.hours must be like \"08:00-20:00\" or \"09:00-12:00, 13:00-18:00\", not \"{}\"",
                  printable(hours));
    }
    out.push_back({*begin, *end > *begin ? *end : *end + kDay});
  }
  return out;
}

Result<ActiveHours> ActiveHours::read(std::string_view hours, std::string_view days, std::string_view timezone) {
  auto ranges = read_ranges(hours);
  if (!ranges) return ranges.error();
  const auto open_days = read_days(days);
  if (!open_days) return open_days.error();
  auto zone = Zone::find(timezone);
  if (!zone) return zone.error();
  ActiveHours out;
  out.ranges_ = std::move(*ranges);
  out.days_ = *open_days;
  out.zone_ = std::move(*zone);
  return out;
}

bool ActiveHours::open(Time now) const {
  const Time local = zone_->local(now);
  const auto today = std::chrono::floor<days>(local);
  for (const int back : {0, 1}) {
    const auto day = today - days{back};
    if ((days_ >> std::chrono::weekday{day}.c_encoding() & 1U) == 0) continue;
    const auto minute = std::chrono::floor<minutes>(local - day).count();
    if (std::ranges::any_of(ranges_, [&](Range one) { return minute >= one.begin && minute < one.end; })) return true;
  }
  return false;
}

Time ActiveHours::next_open(Time now) const {
  if (open(now)) return now;
  const auto today = std::chrono::floor<days>(zone_->local(now));
  std::vector<Time> openings;
  // Eight days, because the only open day may be today, after its hours.
  for (int ahead = 0; ahead <= 8; ++ahead) {
    for (const Range& one : ranges_) {
      const Time opening = zone_->utc(today + days{ahead} + minutes{one.begin});
      if (opening > now && open(opening)) openings.push_back(opening);
    }
  }
  return openings.empty() ? now : *std::ranges::min_element(openings);
}

}  // namespace pw::watchlist
