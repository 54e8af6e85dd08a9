#pragma once
/// Metrics in the Prometheus text format.

#include "core/histogram.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::ops {

using Labels = std::vector<std::pair<std::string, std::string>>;

enum class MetricKind : std::uint8_t { counter, gauge, histogram, summary };

/// Collects metrics by family. One thread.
class MetricsText {
 public:
  MetricsText();
  ~MetricsText();
  MetricsText(const MetricsText&) = delete;
  MetricsText& operator=(const MetricsText&) = delete;

  /// Begins a family, to which the values that follow belong. `name` is without the prefix "presswatch_", unless it
  /// begins with "process_". Each family may begin once.
  MetricsText& family(MetricKind kind, std::string_view name, std::string_view help);

  /// A counter or a gauge.
  MetricsText& value(double number, const Labels& labels = {});
  MetricsText& value(std::uint64_t number, const Labels& labels = {}) {
    return value(static_cast<double>(number), labels);
  }
  /// Seconds since the Unix epoch.
  MetricsText& value(Time time, const Labels& labels = {}) {
    return value(static_cast<double>(to_ms(time)) / 1000, labels);
  }
  /// A histogram.
  MetricsText& value(const Distribution& distribution, const Labels& labels = {});
  /// A summary without quantiles: how many there were, and their sum.
  MetricsText& value(std::uint64_t count, double sum, const Labels& labels);

  [[nodiscard]] std::string text() const;

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

/// The Content-Type of the text.
inline constexpr std::string_view kMetricsType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace pw::ops
