#include "app/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <set>
#include <sstream>
#include <string>

namespace pw::app {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

std::string render(const MetricsSample& sample) { return render_metrics(sample, {10, 20, 30, 40}, {}); }

TEST(Metrics, EachFamilyBeginsOnceAndSaysWhatItIs) {
  std::istringstream text(render({}));
  std::set<std::string> seen;
  std::size_t helped = 0;
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("# HELP ")) ++helped;
    if (!line.starts_with("# TYPE ")) continue;
    const std::string name = line.substr(7, line.find(' ', 7) - 7);
    EXPECT_TRUE(seen.insert(name).second) << name;
    EXPECT_TRUE(name.starts_with("presswatch_") || name.starts_with("process_")) << name;
    EXPECT_EQ(line.ends_with(" counter"), name.ends_with("_total")) << line;
  }
  EXPECT_EQ(helped, seen.size());
  EXPECT_GT(seen.size(), 50U);
}

TEST(Metrics, SourcesHaveLabelsAndTheOthersOne) {
  MetricsSample sample;
  pipeline::SourceSample wire;
  wire.id = "wire";
  wire.counts.fetches = 10;
  wire.counts.fetches_failed = 2;
  wire.counts.fetching = 1500ms;
  wire.last_item = from_ms(5'000);
  wire.silent = true;
  sample.sources.named.push_back(wire);
  sample.sources.named.push_back({"fresh", {}, {}, true, false});
  sample.sources.others.items = 33;
  sample.sources.states = {{"ok", 1}, {"silent", 1}};
  EXPECT_THAT(render(sample), Not(HasSubstr("{source=\"other\"}"))) << "nothing is added up";
  sample.sources.summed = 9;
  const std::string text = render(sample);
  EXPECT_THAT(text, HasSubstr("presswatch_source_fetches_total{source=\"wire\"} 10\n"));
  EXPECT_THAT(text, HasSubstr("presswatch_source_fetch_seconds_count{source=\"wire\"} 8\n"));
  EXPECT_THAT(text, HasSubstr("presswatch_source_fetch_seconds_sum{source=\"wire\"} 1.5\n"));
  EXPECT_THAT(text, HasSubstr("presswatch_source_last_item_timestamp_seconds{source=\"wire\"} 5\n"));
  EXPECT_THAT(text, Not(HasSubstr("presswatch_source_last_item_timestamp_seconds{source=\"fresh\"}")));
  EXPECT_THAT(text, HasSubstr("presswatch_source_silent{source=\"wire\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("presswatch_source_healthy{source=\"fresh\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("presswatch_source_items_total{source=\"other\"} 33\n"));
  EXPECT_THAT(text, Not(HasSubstr("presswatch_source_silent{source=\"other\"}")));
  EXPECT_THAT(text, HasSubstr("presswatch_metrics_sources_summed 9\n"));
  EXPECT_THAT(text, HasSubstr("presswatch_sources{state=\"silent\"} 1\n"));
}

TEST(Metrics, AComparisonOfClocksIsMissingUntilThereIsOne) {
  MetricsSample sample;
  EXPECT_THAT(render(sample), Not(HasSubstr("\npresswatch_clock_behind_seconds ")));
  sample.clock_behind = -1500ms;
  EXPECT_THAT(render(sample), HasSubstr("\npresswatch_clock_behind_seconds -1.5\n"));
}

TEST(Metrics, AThousandSourcesAreOneMegabyteAtMost) {
  MetricsSample sample;
  for (int number = 0; number < 1000; ++number) {
    sample.sources.named.push_back({fmt::format("some-newspaper-{:04}", number), {}, from_ms(1), true, false});
  }
  const std::string text = render(sample);
  EXPECT_LT(text.size(), 1'000'000U);
  EXPECT_GT(std::ranges::count(text, '\n'), 14'000);
}

}  // namespace
}  // namespace pw::app
