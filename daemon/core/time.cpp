#include "core/time.hpp"

#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <utility>

namespace pw {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t ms;
};

constexpr std::array<Unit, 6> kUnits{
    {{"w", 604'800'000}, {"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};

}  // namespace

std::string to_iso8601(Time time) {
  using namespace std::chrono;
  const auto earliest = sys_days{year{0} / 1 / 1};
  const auto latest = sys_days{year{10000} / 1 / 1} - Milliseconds{1};
  time = std::clamp<Time>(time, earliest, latest);
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  std::string out = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                                clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  if (clock.subseconds().count() != 0) out += fmt::format(".{:03}", clock.subseconds().count());
  return out + 'Z';
}

std::string to_iso8601(Time time, int zone) {
  if (zone == 0) return to_iso8601(time);
  std::string out = to_iso8601(time + std::chrono::minutes{zone});
  out.pop_back();
  const int distance = std::abs(zone);
  return out + fmt::format("{}{:02}:{:02}", zone < 0 ? '-' : '+', distance / 60, distance % 60);
}

std::optional<Milliseconds> parse_duration(std::string_view text) {
  if (text.empty()) return std::nullopt;
  constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
  std::int64_t total = 0;
  while (!text.empty()) {
    std::int64_t value = 0;
    std::size_t i = 0;
    for (; i < text.size() && is_ascii_digit(text[i]); ++i) {
      if (value > kMax / 100) return std::nullopt;
      value = value * 10 + (text[i] - '0');
    }
    if (i == 0) return std::nullopt;
    std::size_t end = i;
    while (end < text.size() && !is_ascii_digit(text[end])) ++end;
    const auto unit = std::ranges::find(kUnits, text.substr(i, end - i), &Unit::name);
    if (unit == kUnits.end() || value > kMax / unit->ms) return std::nullopt;
    value *= unit->ms;
    if (total > kMax - value) return std::nullopt;
    total += value;
    text.remove_prefix(end);
  }
  return Milliseconds{total};
}

std::string to_string(Milliseconds duration) {
  std::int64_t rest = std::max<std::int64_t>(duration.count(), 0);
  if (rest == 0) return "0s";
  std::string out;
  for (const Unit& unit : kUnits) {
    if (rest < unit.ms) continue;
    out += fmt::format("{}{}", rest / unit.ms, unit.name);
    rest %= unit.ms;
  }
  return out;
}

Time SystemClock::now() const { return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now()); }

std::chrono::steady_clock::time_point SystemClock::steady() const { return std::chrono::steady_clock::now(); }

}  // namespace pw
