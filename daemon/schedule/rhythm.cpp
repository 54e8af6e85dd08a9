#include "schedule/rhythm.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>
#include <utility>

namespace pw::schedule {

namespace {

using std::chrono::hours;

constexpr char kFormat = 1;
constexpr std::uint8_t kUnit = 31;            // of a week; the counts approach 8 weeks
constexpr std::uint32_t kMostUnread = 30;     // hours between two readings that are still learned
constexpr std::uint32_t kLeastHistory = 168;  // hours
constexpr std::uint16_t kLeastNews = 20;      // hours with news
constexpr double kLeastUnlikely = 11.5;       // -ln of the chance of a gap: 1 in 100,000
constexpr double kMostUnlikely = 27.6;        // 1 in 1,000,000,000,000
constexpr double kMostAnHour = 2.9;           // -ln of the smallest chance that an hour brings nothing; see chances()
constexpr double kBeyondLongest = 2;
constexpr double kHolidays = 1.5;    // days
constexpr double kRestingDay = 0.1;  // of the busiest day
constexpr float kForgotten = 0.95F;  // of the longest gap, each week
constexpr std::size_t kDay = 24;

std::uint32_t hour_of(Time time) {
  const auto count = std::chrono::floor<hours>(time.time_since_epoch()).count();
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(count, 0, std::numeric_limits<std::int32_t>::max()));
}

/// The sum of the hours' values over a period; a part of an hour counts as that part.
double sum_over(std::span<const double, 168> week, Time from, Time to) {
  if (to <= from) return 0;
  const Milliseconds whole = (to - from) / hours{168} * hours{168};
  double sum = static_cast<double>(whole / hours{168}) * std::accumulate(week.begin(), week.end(), 0.0);
  for (Time at = from + whole; at < to;) {
    const Time next = std::min<Time>(std::chrono::floor<hours>(at) + hours{1}, to);
    sum += week[hour_of(at) % week.size()] * (std::chrono::duration<double, hours::period>(next - at).count());
    at = next;
  }
  return sum;
}

/// False if the gap is too short for that in any rhythm.
bool may_exceed(double limit, Milliseconds gap) {
  return std::chrono::duration<double, hours::period>(gap).count() * kMostAnHour > limit;
}

/// The Unix epoch was a Thursday.
bool is_weekend(std::size_t hour) { return hour / kDay == 2 || hour / kDay == 3; }

class Writer {
 public:
  template <class Number>
  void put(Number number) {
    for (std::size_t byte = 0; byte < sizeof number; ++byte) out += static_cast<char>((number >> (8 * byte)) & 0xff);
  }
  void put_bytes(std::span<const std::uint8_t> bytes) { out.append(bytes.begin(), bytes.end()); }
  std::string out;
};

class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}
  template <class Number>
  Number take() {
    std::uint64_t number = 0;
    for (std::size_t byte = 0; byte < sizeof(Number); ++byte) {
      number |= std::uint64_t{static_cast<std::uint8_t>(rest_[byte])} << (8 * byte);
    }
    rest_.remove_prefix(sizeof(Number));
    return static_cast<Number>(number);
  }
  void take_bytes(std::span<std::uint8_t> bytes) {
    for (std::uint8_t& byte : bytes) byte = take<std::uint8_t>();
  }

 private:
  std::string_view rest_;
};

}  // namespace

Rhythm::Rhythm(std::string_view saved) {
  if (saved.empty() || saved[0] != kFormat || saved.size() != Rhythm{}.save().size()) return;
  Reader in(saved.substr(1));
  begun_ = in.take<std::uint32_t>();
  current_ = in.take<std::uint32_t>();
  open_ = in.take<std::uint32_t>();
  const auto flags = in.take<std::uint8_t>();
  open_news_ = (flags & 1U) != 0;
  silent_ = (flags & 2U) != 0;
  hours_with_news_ = in.take<std::uint16_t>();
  longest_ = std::bit_cast<float>(in.take<std::uint32_t>());
  if (!(longest_ >= 0)) longest_ = 0;
  in.take_bytes(weeks_);
  in.take_bytes(news_);
}

std::string Rhythm::save() const {
  Writer out;
  out.out += kFormat;
  out.put(begun_);
  out.put(current_);
  out.put(open_);
  out.put(static_cast<std::uint8_t>((open_news_ ? 1U : 0U) | (silent_ ? 2U : 0U)));
  out.put(hours_with_news_);
  out.put(std::bit_cast<std::uint32_t>(longest_));
  out.put_bytes(weeks_);
  out.put_bytes(news_);
  return std::move(out.out);
}

void Rhythm::note(Time now, bool news, Time last_news) {
  const std::uint32_t hour = hour_of(now);
  if (begun_ == 0) begun_ = current_ = open_ = hour;
  // The clock went back, or nobody read: what happened meanwhile is not known.
  if (hour < current_ || hour - current_ > kMostUnread) begin_at(hour);
  current_ = hour;
  if (news) {
    if (is_known() && last_news != Time{} && may_exceed(longest_, now - last_news)) {
      const double gap = sum_over(intensities(), last_news, now);
      longest_ = std::max(longest_, static_cast<float>(std::min(gap, kMostUnlikely)));
    }
    if (silent_) begin_at(hour);
    learn_until(hour);
    silent_ = false;
    if (!open_news_ && hours_with_news_ < kLeastNews) ++hours_with_news_;
    open_news_ = true;
  } else if (!silent_ && last_news != Time{} && is_too_long(now, last_news)) {
    // Part of the silence is learned, or a source that has become slower would be silent each time.
    learn_until(hour);
    silent_ = true;
  }
}

double Rhythm::usual_hours(Time from, Time to) const { return sum_over(chances(), from, to); }

void Rhythm::begin_at(std::uint32_t hour) {
  if (open_news_ && hour > open_) learn(open_, true);
  open_ = hour;
  open_news_ = false;
}

void Rhythm::learn_until(std::uint32_t hour) {
  for (; open_ < hour; ++open_) learn(open_, std::exchange(open_news_, false));
}

void Rhythm::learn(std::uint32_t hour, bool news) {
  const auto decayed = [](std::uint8_t count) { return static_cast<std::uint8_t>(count * 7 / 8); };
  const std::size_t index = hour % kHours;
  weeks_[index] = static_cast<std::uint8_t>(decayed(weeks_[index]) + kUnit);
  news_[index] = static_cast<std::uint8_t>(decayed(news_[index]) + (news ? kUnit : 0));
  if (index == 0) longest_ *= kForgotten;
}

bool Rhythm::is_known() const {
  return hours_with_news_ >= kLeastNews && current_ >= begun_ && current_ - begun_ >= kLeastHistory;
}

bool Rhythm::is_too_long(Time now, Time last_news) const {
  if (!is_known() || !may_exceed(kLeastUnlikely, now - last_news)) return false;
  const Week week = intensities();
  double limit = std::clamp(kBeyondLongest * longest_, kLeastUnlikely, kMostUnlikely);
  std::array<double, kHours / kDay> days{};
  for (std::size_t hour = 0; hour < kHours; ++hour) days[hour / kDay] += week[hour];
  const auto [quietest, busiest] = std::ranges::minmax(days);
  if (quietest < kRestingDay * busiest) limit = std::max(limit, kHolidays * busiest);
  return sum_over(week, last_news, now) > limit;
}

/// How likely each hour is to bring news. An hour that was observed in few weeks resembles the same hour of the other
/// working days, or of the other day of the weekend.
Rhythm::Week Rhythm::chances() const {
  std::array<double, 2 * kDay> weeks{};
  std::array<double, 2 * kDay> news{};
  const auto alike = [](std::size_t hour) { return hour % kDay + (is_weekend(hour) ? kDay : 0); };
  for (std::size_t hour = 0; hour < kHours; ++hour) {
    weeks[alike(hour)] += weeks_[hour];
    news[alike(hour)] += news_[hour];
  }
  Week out{};
  for (std::size_t hour = 0; hour < kHours; ++hour) {
    const std::size_t group = alike(hour);
    const double usual = weeks[group] > 0 ? news[group] / weeks[group] : 0;
    const double observed = static_cast<double>(weeks_[hour]) / kUnit;
    const double chance = (static_cast<double>(news_[hour]) / kUnit + usual) / (observed + 1);
    out[hour] = std::min(chance, (observed + 0.5) / (observed + 1));
  }
  return out;
}

/// -ln of the chance that the hour brings nothing. The sum over several hours is that of all of them.
Rhythm::Week Rhythm::intensities() const {
  Week out = chances();
  for (double& hour : out) hour = -std::log1p(-hour);
  return out;
}

}  // namespace pw::schedule
