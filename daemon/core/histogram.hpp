#pragma once
/// Counts durations in fixed buckets, cheaply enough for code that runs for every article.

#include "core/time.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace pw {

/// Upper bounds of the buckets, in seconds. The last bucket has no bound.
inline constexpr std::array kTimeBounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,  0.25,
                                        0.5,   1.0,    2.5,   5.0,  10.0,  30.0, 60.0, 300.0};

/// What a histogram has counted.
struct Distribution {
  std::array<std::uint64_t, kTimeBounds.size() + 1> counts{};  ///< by bucket, not cumulative
  double seconds = 0;                                          ///< the sum of all durations

  [[nodiscard]] std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (const std::uint64_t count : counts) sum += count;
    return sum;
  }
};

/// Any thread; never blocks. A reading that overlaps a note may miss a part of it.
class TimeHistogram {
 public:
  /// A negative duration counts as zero: wall clocks step.
  void note(std::chrono::microseconds duration) noexcept {
    const auto us = std::max<std::int64_t>(duration.count(), 0);
    const double seconds = static_cast<double>(us) / 1e6;
    const auto bucket = std::ranges::lower_bound(kTimeBounds, seconds) - kTimeBounds.begin();
    counts_[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
    microseconds_.fetch_add(static_cast<std::uint64_t>(us), std::memory_order_relaxed);
  }

  [[nodiscard]] Distribution read() const noexcept {
    Distribution out;
    for (std::size_t i = 0; i < counts_.size(); ++i) out.counts[i] = counts_[i].load(std::memory_order_relaxed);
    out.seconds = static_cast<double>(microseconds_.load(std::memory_order_relaxed)) / 1e6;
    return out;
  }

 private:
  std::array<std::atomic<std::uint64_t>, kTimeBounds.size() + 1> counts_{};
  std::atomic<std::uint64_t> microseconds_ = 0;
};

}  // namespace pw
