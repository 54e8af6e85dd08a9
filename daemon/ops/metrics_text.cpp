#include "ops/metrics_text.hpp"

#include <prometheus/client_metric.h>
#include <prometheus/metric_family.h>
#include <prometheus/metric_type.h>
#include <prometheus/text_serializer.h>

#include <limits>

namespace pw::ops {

namespace {

prometheus::MetricType type_of(MetricKind kind) {
  switch (kind) {
    case MetricKind::counter: return prometheus::MetricType::Counter;
    case MetricKind::gauge: return prometheus::MetricType::Gauge;
    case MetricKind::histogram: return prometheus::MetricType::Histogram;
    case MetricKind::summary: break;
  }
  return prometheus::MetricType::Summary;
}

}  // namespace

struct MetricsText::Families {
  prometheus::ClientMetric& add(const Labels& labels) {
    prometheus::ClientMetric& metric = all.back().metric.emplace_back();
    metric.label.reserve(labels.size());
    for (const auto& [name, value] : labels) metric.label.push_back({name, value});
    return metric;
  }

  std::vector<prometheus::MetricFamily> all;
};

MetricsText::MetricsText() : families_(std::make_unique<Families>()) {}

MetricsText::~MetricsText() = default;

MetricsText& MetricsText::family(MetricKind kind, std::string_view name, std::string_view help) {
  prometheus::MetricFamily& one = families_->all.emplace_back();
  one.name = name.starts_with("process_") ? std::string(name) : "presswatch_" + std::string(name);
  one.help = help;
  one.type = type_of(kind);
  return *this;
}

MetricsText& MetricsText::value(double number, const Labels& labels) {
  prometheus::ClientMetric& metric = families_->add(labels);
  const bool is_counter = families_->all.back().type == prometheus::MetricType::Counter;
  (is_counter ? metric.counter.value : metric.gauge.value) = number;
  return *this;
}

MetricsText& MetricsText::value(const Distribution& distribution, const Labels& labels) {
  prometheus::ClientMetric::Histogram& histogram = families_->add(labels).histogram;
  for (std::size_t i = 0; i < distribution.counts.size(); ++i) {
    histogram.sample_count += distribution.counts[i];
    const double bound = i < kTimeBounds.size() ? kTimeBounds[i] : std::numeric_limits<double>::infinity();
    histogram.bucket.push_back({histogram.sample_count, bound});
  }
  histogram.sample_sum = distribution.seconds;
  return *this;
}

MetricsText& MetricsText::value(std::uint64_t count, double sum, const Labels& labels) {
  prometheus::ClientMetric::Summary& summary = families_->add(labels).summary;
  summary.sample_count = count;
  summary.sample_sum = sum;
  return *this;
}

std::string MetricsText::text() const { return prometheus::TextSerializer().Serialize(families_->all); }

}  // namespace pw::ops
