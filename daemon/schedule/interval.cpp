#include "schedule/interval.hpp"

#include <algorithm>
#include <cmath>

namespace pw::schedule {

namespace {

constexpr double kSpread = 0.2;
constexpr unsigned kMostDoublings = 20;

Milliseconds scaled(Milliseconds value, double factor) {
  const double product = static_cast<double>(value.count()) * factor;
  return Milliseconds{static_cast<std::int64_t>(std::clamp(product, 0.0, 1e15))};
}

Milliseconds plain_interval(const IntervalInput& in, Milliseconds min, Milliseconds max) {
  if (!in.adaptive) return in.base;
  Milliseconds interval = in.base;
  if (const auto gap = in.recent_items.empty() ? in.gap : median_gap(in.recent_items)) interval = *gap / 2;
  interval = std::clamp(interval, min, max);
  return scaled(interval, 1.0 + 0.25 * std::min(in.unchanged_in_row, 12U));
}

}  // namespace

std::optional<Milliseconds> median_gap(std::span<const Time> times) {
  std::vector<Time> sorted(times.begin(), times.end());
  std::ranges::sort(sorted);
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  if (sorted.size() < 3) return std::nullopt;
  std::vector<Milliseconds> gaps;
  gaps.reserve(sorted.size() - 1);
  for (std::size_t i = 1; i < sorted.size(); ++i) gaps.push_back(sorted[i] - sorted[i - 1]);
  const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
  std::ranges::nth_element(gaps, middle);
  return *middle;
}

Milliseconds next_interval(const IntervalInput& in) {
  const Milliseconds min = std::max(in.min, Milliseconds{1});
  const Milliseconds max = std::max(in.max, min);
  Milliseconds interval = std::clamp(plain_interval(in, min, max), min, max);
  if (in.failures_in_row > 0) {
    const double factor = std::ldexp(1.0, static_cast<int>(std::min(in.failures_in_row, kMostDoublings)));
    const double jitter = 1.0 + kSpread * (2.0 * std::clamp(in.jitter, 0.0, 1.0) - 1.0);
    interval = std::max(interval, scaled(std::min(scaled(min, factor), max), jitter));
  }
  for (const auto& floor : {in.ttl, in.max_age}) {
    if (floor) interval = std::max(interval, std::min(*floor, max));
  }
  if (in.retry_after) interval = std::max(interval, std::min(*in.retry_after, kLongestRest));
  return interval;
}

}  // namespace pw::schedule
