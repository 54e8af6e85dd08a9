#include "pipeline/source_table.hpp"

#include "fakes/fake_clock.hpp"
#include "pipeline/configuration.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/fmt/fmt.h>

#include <stdexcept>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::SizeIs;

class IdleSource final : public source::Source {
 public:
  Result<source::Emitted> poll(const source::PollInput&) override { return source::Emitted{}; }
  Result<source::Emitted> parse(const source::ParseInput&) override { return source::Emitted{}; }
};

class SourceTableTest : public testing::Test {
 protected:
  SourceTableTest() {
    plugin_.name = "idle";
    plugin_.make = [this](const config::SourceSettings&) -> std::unique_ptr<source::Source> {
      if (broken_) throw std::invalid_argument("the selector does not compile");
      return std::make_unique<IdleSource>();
    };
  }
  /// A configuration with these sources.
  static config::Settings with(const std::vector<std::string>& ids) {
    config::Settings out;
    for (const std::string& id : ids) {
      config::SourceSettings source;
      source.id = id;
      source.plugin = "idle";
      out.sources.push_back(source);
    }
    return out;
  }
  std::vector<std::string> take_over(const config::Settings& settings, std::vector<store::SourceState> saved = {}) {
    std::vector<std::string> gone;
    auto now = std::make_unique<Configuration>(
        Configuration{settings, before_ ? before_->registry : source::Registry(std::span(&plugin_, 1)), nullptr});
    auto changes = compare_sources(before_.get(), *now);
    before_ = std::move(now);
    for (const auto& entry : table_.apply(std::move(changes), std::move(saved), [](const auto&) { return 0ms; })) {
      gone.push_back(entry->settings.id);
    }
    return gone;
  }
  std::vector<std::string> due() {
    std::vector<std::string> out;
    for (const auto& entry : table_.take_due(100)) out.push_back(entry->settings.id);
    return out;
  }
  static store::SourceState state(const std::string& id, Time next_due) {
    store::SourceState out;
    out.id = id;
    out.polls = 1;
    out.since = from_ms(1);
    out.interval_ms = Milliseconds{10min}.count();
    out.next_due = next_due;
    return out;
  }

  test::FakeClock clock_;
  source::Plugin plugin_;
  bool broken_ = false;
  std::unique_ptr<Configuration> before_;
  SourceTable table_{clock_};
};

TEST_F(SourceTableTest, NewSourcesStartAtOnceButNotAtTheSameMoment) {
  std::vector<std::string> ids;
  for (int i = 0; i < 100; ++i) ids.push_back(fmt::format("s{:02}", i));
  take_over(with(ids));
  EXPECT_THAT(due(), SizeIs(1));
  clock_.pass(1s);
  EXPECT_THAT(due(), SizeIs(20)) << "twenty a second";
  clock_.pass(4s);
  EXPECT_THAT(due(), SizeIs(79));
}

TEST_F(SourceTableTest, AnOverdueSourceStartsAtOnceAfterARestartAndAnotherKeepsItsTime) {
  take_over(with({"late", "later"}), {state("late", clock_.now() - 1h), state("later", clock_.now() + 5min)});
  EXPECT_THAT(due(), ElementsAre("late"));
  clock_.pass(5min);
  EXPECT_THAT(due(), ElementsAre("later"));
}

TEST_F(SourceTableTest, AChangedSourceStartsAtOnceAndUnchangedOnesAreNotTouched) {
  take_over(with({"a", "b"}));
  const auto kept = table_.find("a");
  auto settings = with({"a", "b"});
  settings.sources[1].name = "Another name";
  settings.sources[0].place.line = 40;
  EXPECT_TRUE(take_over(settings).empty());
  EXPECT_EQ(table_.find("a"), kept) << "it only stands elsewhere in its file";
  EXPECT_EQ(table_.find("b")->settings.name, "Another name");
}

TEST_F(SourceTableTest, ARemovedSourceIsMarkedAndNeverDueAgain) {
  take_over(with({"a", "b"}));
  const auto removed = table_.find("a");
  EXPECT_THAT(take_over(with({"b"})), ElementsAre("a"));
  EXPECT_TRUE(removed->removed);
  table_.schedule(*removed);
  clock_.pass(1h);
  EXPECT_THAT(due(), ElementsAre("b"));
}

TEST_F(SourceTableTest, AConfigurationWithAMistakeChangesNothing) {
  take_over(with({"a"}));
  broken_ = true;
  EXPECT_THROW(take_over(with({"b"})), config::ConfigError);
  EXPECT_NE(table_.find("a"), nullptr);
  EXPECT_EQ(table_.find("b"), nullptr);
}

TEST_F(SourceTableTest, APollAskedForDuringAPollComesAfterIt) {
  take_over(with({"a"}));
  const auto entry = table_.find("a");
  EXPECT_THAT(due(), ElementsAre("a"));
  entry->running = true;
  EXPECT_TRUE(table_.ask_now(*entry));
  EXPECT_TRUE(entry->poll_again);
  EXPECT_TRUE(due().empty());
  entry->running = false;
  EXPECT_TRUE(table_.ask_now(*entry));
  EXPECT_THAT(due(), ElementsAre("a"));
}

TEST_F(SourceTableTest, ADisabledSourceIsNeverDue) {
  auto settings = with({"a"});
  settings.sources[0].enabled = false;
  take_over(settings);
  EXPECT_FALSE(table_.ask_now(*table_.find("a")));
  EXPECT_TRUE(due().empty());
  EXPECT_EQ(table_.statuses().at(0).state, "disabled");
}

}  // namespace
}  // namespace pw::pipeline
