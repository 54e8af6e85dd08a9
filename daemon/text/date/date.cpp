#include "text/date/date.hpp"

#include "core/text.hpp"
#include "text/date/date_clock.hpp"
#include "text/date/date_day.hpp"
#include "text/date/date_names.hpp"

#include <algorithm>
#include <chrono>
#include <string>

namespace pw::text {
namespace {

constexpr std::size_t kMaxDate = 256;

std::chrono::year year_of(Time now) {
  return std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(now)}.year();
}

bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_ascii_digit); }

/// Removes RFC 5322 comments, but keeps a time zone found in one.
std::string without_comments(std::string_view text, std::string& zone) {
  std::string out;
  std::string comment;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (depth > 0 && c == '\\') {
      ++i;
    } else if (c == '(') {
      ++depth;
      comment.clear();
      out += ' ';
    } else if (c == ')' && depth > 0) {
      if (--depth == 0 && date::find_zone(comment)) zone = comment;
    } else if (depth == 0) {
      out += c;
    } else {
      comment += c;
    }
  }
  return out;
}

bool has_hangul(std::string_view folded) {
  for (std::size_t pos = 0; pos < folded.size();) {
    const char32_t c = next_code_point(folded, pos);
    if (c >= 0x1100 && c <= 0x11FF) return true;
  }
  return false;
}

/// The offset in minutes east of UTC. Korean feeds omit the zone, as the country has only one.
int offset_of(const date::ClockTime& clock, const std::string& comment_zone, std::string_view folded,
              std::chrono::sys_seconds local) {
  if (clock.zone_minutes) return *clock.zone_minutes;
  if (!clock.region.empty()) return date::region_offset(clock.region, local).value_or(0);
  if (!comment_zone.empty()) return date::find_zone(comment_zone).value_or(0);
  return clock.found && has_hangul(folded) ? 9 * 60 : 0;
}

/// In 201709011234 and 20170901123400 the time is part of the same number.
void compact_clock(std::string_view text, date::ClockTime& clock) {
  if (!all_digits(text) || (text.size() != 12 && text.size() != 14)) return;
  const auto two = [&](std::size_t at) {
    return at + 2 <= text.size() ? (text[at] - '0') * 10 + (text[at + 1] - '0') : 0;
  };
  clock.hour = two(8);
  clock.minute = two(10);
  clock.second = two(12);
  clock.found = true;
  clock.broken = clock.hour > 24 || clock.minute > 59 || clock.second > 60;
}

/// Seconds, which may have a fraction, or milliseconds.
std::optional<StatedDate> unix_time(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  const std::string_view fraction = text.substr(std::min(point + 1, text.size()));
  if (!all_digits(whole) || (whole.size() != 10 && whole.size() != 13)) return std::nullopt;
  if (point < text.size() && !all_digits(fraction)) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : whole) value = value * 10 + (c - '0');
  if (whole.size() == 10) {
    for (std::size_t i = 0; i < 3; ++i) value = value * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
  }
  return StatedDate{from_ms(value), true, {}};
}

}  // namespace

std::optional<StatedDate> parse_date(std::string_view text, Time now) {
  using namespace std::chrono;
  text = trim(text);
  if (text.empty() || text.size() > kMaxDate) return std::nullopt;
  if (auto stamp = unix_time(text)) return stamp;
  std::string comment_zone;
  const std::string folded = without_comments(date::fold(text), comment_zone);
  auto tokens = date::tokenize(folded);
  date::ClockTime clock = date::read_clock(tokens);
  compact_clock(folded, clock);
  if (clock.broken) return std::nullopt;
  const auto day = date::read_day(tokens, clock.american, year_of(now));
  if (!day) return std::nullopt;
  // 24:00 is the end of the day, but 24:05 is written for 00:05.
  if (clock.hour == 24 && clock.minute != 0) clock.hour = 0;
  const sys_seconds local =
      sys_days{*day} + hours{clock.hour} + minutes{clock.minute} + seconds{std::min(clock.second, 59)};
  const int zone = offset_of(clock, comment_zone, folded, local);
  return StatedDate{local + milliseconds{clock.ms} - minutes{zone}, clock.found,
                    clock.zone_unread ? std::string(text) : std::string(), static_cast<std::int16_t>(zone)};
}

StatedDate clamp_date(StatedDate date, Time seen) {
  using namespace std::chrono;
  constexpr Time kBeforeTheWeb = sys_days{year{1990} / 1 / 1};
  if (date.time >= kBeforeTheWeb && date.time <= seen + days{2}) return date;
  if (date.raw.empty()) date.raw = to_iso8601(date.time);
  date.time = seen;
  return date;
}

}  // namespace pw::text
