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
  SourceTable table_{clock_, 2};
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

TEST_F(SourceTableTest, SourcesBeyondTheBoundAreCountedTogether) {
  auto settings = with({"a", "b", "c", "d", "off"});
  settings.sources[4].enabled = false;
  take_over(settings);
  for (const char* id : {"a", "c", "d"}) table_.find(id)->counts->fetches += 10;
  SourcesSample sample = table_.sample();
  ASSERT_THAT(sample.named, SizeIs(2));
  EXPECT_EQ(sample.named[0].id, "a");
  EXPECT_EQ(sample.named[0].counts.fetches, 10U);
  EXPECT_TRUE(sample.named[0].healthy);
  EXPECT_EQ(sample.others.fetches, 20U);
  EXPECT_EQ(sample.summed, 2U);
  EXPECT_EQ(sample.states.at("new"), 4U);
  EXPECT_EQ(sample.states.at("disabled"), 1U);
  take_over(with({"b", "c", "d"}));
  sample = table_.sample();
  EXPECT_EQ(sample.others.fetches, 20U) << "what was added up stays so";
  take_over(with({"b", "c", "d", "e"}));
  sample = table_.sample();
  ASSERT_THAT(sample.named, SizeIs(2));
  EXPECT_EQ(sample.named[1].id, "e") << "it has taken the place of a";
}

TEST_F(SourceTableTest, AChangedSourceKeepsItsCounts) {
  take_over(with({"a"}));
  table_.find("a")->counts->fetches = 7;
  auto settings = with({"a"});
  settings.sources[0].name = "Another name";
  take_over(settings);
  EXPECT_EQ(table_.sample().named.at(0).counts.fetches, 7U);
}

TEST_F(SourceTableTest, TheOverviewNamesTheFirstOfThoseThatNeedAPerson) {
  std::vector<std::string> ids;
  for (int i = 0; i < 5; ++i) ids.push_back(fmt::format("s{}", i));
  take_over(with(ids));
  for (const std::string& id : ids) table_.find(id)->state.state = "silent";
  table_.find("s0")->state.state = "ok";
  table_.find("s1")->state.reason = "nothing new for 3d";
  table_.find("s4")->state.failures = 2;
  const SourcesOverview overview = table_.overview();
  EXPECT_EQ(overview.enabled, 5U);
  EXPECT_EQ(overview.failing, 1U);
  ASSERT_THAT(overview.troubled, SizeIs(1));
  EXPECT_EQ(overview.troubled[0].state, "silent");
  EXPECT_EQ(overview.troubled[0].count, 4U);
  EXPECT_THAT(overview.troubled[0].ids, ElementsAre("s1", "s2", "s3"));
  EXPECT_EQ(overview.troubled[0].reason, "nothing new for 3d");
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
