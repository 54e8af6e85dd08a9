#include "text/date/wire_date.hpp"

#include "text/date/date_day.hpp"

#include <array>
#include <chrono>

namespace pw::text {
namespace {

using namespace std::chrono;

/// Consumes text from the left. `ok` becomes false when something expected is missing, and stays false.
class WireReader {
 public:
  explicit WireReader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at(char c) const { return !rest_.empty() && rest_.front() == c; }
  [[nodiscard]] bool at_digit() const { return !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; }
  [[nodiscard]] bool done() const { return ok && rest_.empty(); }

  bool take(char c) {
    if (!at(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }
  void need(char c) { ok = take(c) && ok; }

  int number(int least, int most) {
    int value = 0;
    int digits = 0;
    while (digits < most && at_digit()) {
      value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
      ++digits;
    }
    ok = ok && digits >= least && !at_digit();
    return value;
  }
  int two() {
    if (rest_.size() < 2 || !at_digit() || rest_[1] < '0' || rest_[1] > '9') {
      ok = false;
      return 0;
    }
    const int value = (rest_[0] - '0') * 10 + (rest_[1] - '0');
    rest_.remove_prefix(2);
    return value;
  }

  /// A fraction of a second in milliseconds; digits after the third are ignored.
  int fraction() {
    int value = 0;
    int digits = 0;
    for (; at_digit(); rest_.remove_prefix(1), ++digits) {
      if (digits < 3) value = value * 10 + (rest_.front() - '0');
    }
    ok = ok && digits > 0 && digits <= 9;
    for (; digits < 3; ++digits) value *= 10;
    return value;
  }

  bool ok = true;

 private:
  std::string_view rest_;
};

struct WireClock {
  int hour = 0;
  int minute = 0;
  int second = 0;
  int ms = 0;
  int zone = 0;  ///< minutes east of UTC
};

int signed_zone(WireReader& in, bool west, bool colon) {
  const int hour = in.two();
  if (colon) in.need(':');
  const int minute = in.two();
  in.ok = in.ok && hour <= 14 && minute <= 59;
  return (west ? -1 : 1) * (hour * 60 + minute);
}

std::optional<StatedDate> finish(const WireReader& in, int year, int month, int day, const WireClock& clock) {
  if (!in.done() || clock.hour > 23 || clock.minute > 59 || clock.second > 59) return std::nullopt;
  const auto date = date::make_day(year, month, day);
  if (!date) return std::nullopt;
  const sys_seconds local = sys_days{*date} + hours{clock.hour} + minutes{clock.minute} + seconds{clock.second};
  return StatedDate{
      local + milliseconds{clock.ms} - minutes{clock.zone}, true, {}, static_cast<std::int16_t>(clock.zone)};
}

std::optional<StatedDate> rfc3339(WireReader in) {
  const int year = in.number(4, 4);
  in.need('-');
  const int month = in.two();
  in.need('-');
  const int day = in.two();
  in.need('T');
  WireClock clock;
  clock.hour = in.two();
  in.need(':');
  clock.minute = in.two();
  if (in.take(':')) {
    clock.second = in.two();
    if (in.take('.')) clock.ms = in.fraction();
  }
  if (!in.ok) return std::nullopt;
  if (!in.take('Z')) {
    const bool west = in.at('-');
    if (!in.take(west ? '-' : '+')) return std::nullopt;
    clock.zone = signed_zone(in, west, true);
  }
  return finish(in, year, month, day, clock);
}

template <std::size_t N>
int index_of(WireReader& in, const std::array<std::string_view, N>& names) {
  for (std::size_t i = 0; i < N; ++i) {
    if (in.take(names[i])) return static_cast<int>(i) + 1;
  }
  return 0;
}

std::optional<StatedDate> rfc822(WireReader in) {
  static constexpr std::array<std::string_view, 7> kDays{"Mon, ", "Tue, ", "Wed, ", "Thu, ", "Fri, ", "Sat, ", "Sun, "};
  static constexpr std::array<std::string_view, 12> kMonths{" Jan ", " Feb ", " Mar ", " Apr ", " May ", " Jun ",
                                                            " Jul ", " Aug ", " Sep ", " Oct ", " Nov ", " Dec "};
  index_of(in, kDays);
  const int day = in.number(1, 2);
  const int month = in.ok ? index_of(in, kMonths) : 0;
  if (month == 0) return std::nullopt;
  const int year = in.number(4, 4);
  in.need(' ');
  WireClock clock;
  clock.hour = in.two();
  in.need(':');
  clock.minute = in.two();
  if (in.take(':')) clock.second = in.two();
  in.need(' ');
  if (!in.ok) return std::nullopt;
  if (!in.take("GMT") && !in.take("UTC") && !in.take("UT") && !in.take('Z')) {
    const bool west = in.at('-');
    if (!in.take(west ? '-' : '+')) return std::nullopt;
    clock.zone = signed_zone(in, west, false);
  }
  return finish(in, year, month, day, clock);
}

}  // namespace

std::optional<StatedDate> read_wire_date(std::string_view text) {
  constexpr std::size_t kShortest = 17;
  constexpr std::size_t kLongest = 40;
  if (text.size() < kShortest || text.size() > kLongest) return std::nullopt;
  return text[4] == '-' ? rfc3339(WireReader(text)) : rfc822(WireReader(text));
}

}  // namespace pw::text
