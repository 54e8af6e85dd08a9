/// The whole pipeline with a test source and a clock controlled by the test.
#include "config/load.hpp"
#include "fakes/fake_clock.hpp"
#include "fakes/run_until.hpp"
#include "fetch/fetcher.hpp"
#include "pipeline/pipeline.hpp"
#include "store/store.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>
#include <spdlog/fmt/fmt.h>
#include <stdlib.h>

#include <atomic>
#include <filesystem>
#include <functional>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kDay = 24h;
constexpr Milliseconds kTwoYears = 730 * kDay;
constexpr Milliseconds kInterval = 10min;

/// Publishes a new article at every poll.
struct Newspaper {
  std::atomic<unsigned> polls = 0;
  std::atomic<std::int64_t> published{0};
};

class NewspaperSource final : public source::Source {
 public:
  explicit NewspaperSource(Newspaper& paper) : paper_(paper) {}
  Result<source::Emitted> poll(const source::PollInput&) override {
    const unsigned number = ++paper_.polls;
    source::Item item;
    item.id = fmt::format("n{}", number);
    item.complete = true;
    item.hints.title = fmt::format("Quintara {} in the news", number);
    item.hints.text = fmt::format("Words of no weight, number {}.", number);
    item.hints.published = StatedDate{from_ms(paper_.published), true, ""};
    source::Emitted out;
    out.items.push_back(std::move(item));
    return out;
  }
  Result<source::Emitted> parse(const source::ParseInput&) override { return source::Emitted{}; }

 private:
  Newspaper& paper_;
};

class PipelineClockTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "presswatch-clock-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    plugin_.name = "newspaper";
    plugin_.make = [this](const config::SourceSettings&) { return std::make_unique<NewspaperSource>(paper_); };
    config::add_watchlists("[[watchlist]]\nid = \"q\"\nkeywords = [\"Quintara\"]\n", "lists.toml", settings_);
    config::SourceSettings source;
    source.id = "paper";
    source.plugin = "newspaper";
    source.interval = kInterval;
    settings_.sources.push_back(source);
    paper_.published = to_ms(clock_.now());
    start();
  }
  void TearDown() override {
    stop();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  struct Running {
    Running(PipelineClockTest& test)
        : store(settings_of(test), test.clock_, nullptr),
          fetcher(loop.get_executor(), {}, test.clock_),
          pipeline(loop.get_executor(), {fetcher, pool, pool, store, test.clock_, nullptr},
                   prepare_update(nullptr, configuration_of(test), store)) {}
    static std::shared_ptr<const Configuration> configuration_of(const PipelineClockTest& test) {
      return std::make_shared<const Configuration>(
          Configuration{test.settings_, source::Registry({&test.plugin_, 1}), compile_watchlists(test.settings_)});
    }
    static store::StoreSettings settings_of(const PipelineClockTest& test) {
      store::StoreSettings out;
      out.path = (test.folder_ / "presswatch.db").string();
      out.retention_articles = 90 * kDay;
      out.retention_alerts = 365 * kDay;
      return out;
    }
    boost::asio::io_context loop;
    runtime::Pool pool{1, {16, 1U << 20U}};
    store::Store store;
    fetch::Fetcher fetcher;
    Pipeline pipeline;
  };

  void start() {
    running_ = std::make_unique<Running>(*this);
    running_->pipeline.start();
  }
  void stop() {
    if (!running_) return;
    auto end = [](Running& running) -> boost::asio::awaitable<void> {
      co_await running.pipeline.stop();
      running.loop.stop();
    };
    runtime::spawn(running_->loop.get_executor(), end(*running_), "stop");
    running_->loop.run();
    running_->pool.join();
    running_->store.close();
    running_.reset();
  }

  /// Runs the daemon until `check` returns true; false on timeout.
  bool until(const std::function<bool()>& check) { return test::run_until(running_->loop, check); }
  /// Waits for one more poll of the source, until it rests again.
  bool one_more_poll() {
    const unsigned before = paper_.polls;
    return until([&] { return paper_.polls > before && at_rest(); });
  }
  bool at_rest() { return status().polls == paper_.polls && running_->store.counts()->articles == paper_.polls; }
  SourceStatus status() { return running_->pipeline.sources().at(0); }
  bool first_poll() {
    clock_.pass(kInterval);
    return one_more_poll();
  }

  test::FakeClock clock_;
  Newspaper paper_;
  source::Plugin plugin_;
  config::Settings settings_;
  std::filesystem::path folder_;
  std::unique_ptr<Running> running_;
};

TEST_F(PipelineClockTest, AStepBackDelaysNoPoll) {
  ASSERT_TRUE(first_poll());
  clock_.step(-1h);
  EXPECT_EQ(status().next_due, clock_.now() + kInterval) << "said by the clock as it is now";
  clock_.pass(kInterval);
  EXPECT_TRUE(one_more_poll());
  EXPECT_EQ(running_->store.clock_check().look().steps, 1U);
  EXPECT_EQ(running_->store.counts()->alerts, 2U);
}

TEST_F(PipelineClockTest, AStepForwardHurriesNoPoll) {
  ASSERT_TRUE(first_poll());
  clock_.step(kTwoYears);
  const std::uint64_t turns = running_->pipeline.counters().turns;
  ASSERT_TRUE(until([&] { return running_->pipeline.counters().turns > turns + 1; }));
  EXPECT_EQ(paper_.polls, 1U);
  clock_.pass(kInterval);
  EXPECT_TRUE(one_more_poll());
}

TEST_F(PipelineClockTest, TwoYearsAheadAndRightAgainIsForgottenAtOnce) {
  ASSERT_TRUE(first_poll());
  clock_.step(kTwoYears);
  clock_.pass(kInterval);
  ASSERT_TRUE(one_more_poll());
  clock_.step(-kTwoYears);
  clock_.pass(kInterval);
  EXPECT_TRUE(one_more_poll());
}

TEST_F(PipelineClockTest, TwoYearsAheadAndRightAfterARestartDelaysNoPoll) {
  clock_.step(kTwoYears);
  ASSERT_TRUE(first_poll());
  stop();
  clock_.step(-kTwoYears);
  start();
  EXPECT_LE(status().next_due, clock_.now() + kInterval);
  clock_.pass(kInterval);
  EXPECT_TRUE(one_more_poll());
}

TEST_F(PipelineClockTest, ARestartKeepsTheTimeOfTheNextTurn) {
  ASSERT_TRUE(first_poll());
  const Time due = status().next_due;
  stop();
  clock_.pass(1min);
  start();
  EXPECT_EQ(status().next_due, due);
}

TEST_F(PipelineClockTest, AnArticleOfTodayIsAlertedAlsoWhenTheClockSaysNextYear) {
  ASSERT_TRUE(first_poll());
  clock_.step(kTwoYears);
  clock_.pass(kInterval);
  ASSERT_TRUE(one_more_poll());
  EXPECT_EQ(running_->store.counts()->alerts, 2U);
}

}  // namespace
}  // namespace pw::pipeline
