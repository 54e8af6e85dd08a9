#include "ops/metrics_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::ops {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

TEST(MetricsText, CountersAndGauges) {
  MetricsText out;
  out.family(MetricKind::counter, "polls_total", "Polls.").value(std::uint64_t{7});
  out.family(MetricKind::gauge, "sources", "By state.").value(std::uint64_t{2}, {{"state", "ok"}}).value(0.5, {});
  out.family(MetricKind::gauge, "process_open_fds", "Files.").value(3.0);
  out.family(MetricKind::gauge, "start_seconds", "When.").value(from_ms(1'772'443'800'250));
  EXPECT_EQ(out.text(),
            "# HELP presswatch_polls_total Polls.\n# TYPE presswatch_polls_total counter\npresswatch_polls_total 7\n"
            "# HELP presswatch_sources By state.\n# TYPE presswatch_sources gauge\n"
            "presswatch_sources{state=\"ok\"} 2\npresswatch_sources 0.5\n"
            "# HELP process_open_fds Files.\n# TYPE process_open_fds gauge\nprocess_open_fds 3\n"
            "# HELP presswatch_start_seconds When.\n# TYPE presswatch_start_seconds gauge\n"
            "presswatch_start_seconds 1772443800.25\n");
}

TEST(MetricsText, BucketsAreCumulative) {
  TimeHistogram histogram;
  histogram.note(2ms);
  histogram.note(20ms);
  histogram.note(1h);
  MetricsText out;
  out.family(MetricKind::histogram, "step_seconds", "Steps.").value(histogram.read(), {{"step", "sent"}});
  const std::string text = out.text();
  EXPECT_THAT(text, HasSubstr("presswatch_step_seconds_bucket{step=\"sent\",le=\"0.001\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("presswatch_step_seconds_bucket{step=\"sent\",le=\"0.0025\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("presswatch_step_seconds_bucket{step=\"sent\",le=\"0.025\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("presswatch_step_seconds_bucket{step=\"sent\",le=\"300\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("presswatch_step_seconds_bucket{step=\"sent\",le=\"+Inf\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("presswatch_step_seconds_count{step=\"sent\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("presswatch_step_seconds_sum{step=\"sent\"} 3600.022\n"));
}

TEST(MetricsText, ASummaryIsACountAndASum) {
  MetricsText out;
  out.family(MetricKind::summary, "fetch_seconds", "Fetches.").value(4, 2.5, {{"source", "a"}});
  EXPECT_THAT(out.text(), HasSubstr("presswatch_fetch_seconds_count{source=\"a\"} 4\n"));
  EXPECT_THAT(out.text(), HasSubstr("presswatch_fetch_seconds_sum{source=\"a\"} 2.5\n"));
}

TEST(MetricsText, LabelsAreEscaped) {
  MetricsText out;
  out.family(MetricKind::gauge, "x", "X.").value(1.0, {{"name", "a\"b\\c\nd"}});
  EXPECT_THAT(out.text(), HasSubstr("{name=\"a\\\"b\\\\c\\nd\"} 1"));
}

}  // namespace
}  // namespace pw::ops
