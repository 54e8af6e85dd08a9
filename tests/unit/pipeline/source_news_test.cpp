#include "pipeline/source_news.hpp"

#include "pipeline/source_health.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr Time kStart = from_ms(1772443800000);

class SourceNewsTest : public testing::Test {
 protected:
  SourceNewsTest() {
    entry_.settings.id = "wire";
    entry_.plugin = std::make_shared<source::Plugin>();
    entry_.state.state = "ok";
  }

  /// True if a health event is to be published.
  bool poll(std::size_t fresh, PollResult result = {}) {
    now_ += 1h;
    result.fresh = fresh;
    note_news(entry_, result, now_, trusted_);
    return note_poll(entry_, result, now_);
  }
  static PollResult failed() {
    PollResult result;
    result.error = fail(Errc::io, "no route");
    return result;
  }
  static PollResult incomplete() {
    PollResult result;
    result.incomplete = true;
    return result;
  }
  /// Ten days with news in every hour.
  void bring_news() {
    for (int hour = 0; hour < 240; ++hour) poll(1);
  }
  void be_quiet_until_silent() {
    for (int hour = 0; hour < 48 && entry_.state.state != "silent"; ++hour) poll(0);
    ASSERT_EQ(entry_.state.state, "silent");
  }

  Time now_ = kStart;
  bool trusted_ = true;
  SourceEntry entry_;
};

TEST_F(SourceNewsTest, ASourceThatFallsSilentSaysSoOnceAndEndsItWithTheNextNews) {
  bring_news();
  const Time last = now_;
  EXPECT_EQ(entry_.state.last_item, last);
  int events = 0;
  for (int hour = 0; hour < 48; ++hour) events += poll(0) ? 1 : 0;
  EXPECT_EQ(events, 1);
  EXPECT_EQ(entry_.state.state, "silent");
  EXPECT_THAT(entry_.state.reason, HasSubstr("nothing new for 2d, in which it usually brings something in 3"));
  EXPECT_TRUE(needs_person(entry_.state, now_));
  EXPECT_TRUE(poll(1));
  EXPECT_EQ(entry_.state.state, "ok");
  EXPECT_EQ(entry_.state.reason, "");
  EXPECT_EQ(entry_.state.last_item, now_);
}

TEST_F(SourceNewsTest, AFailureIsNotSilence) {
  bring_news();
  for (int hour = 0; hour < 48; ++hour) poll(0, failed());
  EXPECT_EQ(entry_.state.state, "failing");
  EXPECT_FALSE(entry_.silent);
  poll(0);
  EXPECT_EQ(entry_.state.state, "silent") << "now it says that there was nothing";
}

TEST_F(SourceNewsTest, APollThatLeftSomethingProvesNoSilence) {
  bring_news();
  for (int hour = 0; hour < 48; ++hour) poll(0, incomplete());
  EXPECT_EQ(entry_.state.state, "ok");
}

TEST_F(SourceNewsTest, ADoubtfulClockProvesNothing) {
  bring_news();
  const std::string rhythm = entry_.state.rhythm;
  trusted_ = false;
  now_ += 24h * 365;
  poll(0);
  EXPECT_EQ(entry_.state.state, "ok");
  EXPECT_EQ(entry_.state.rhythm, rhythm);
}

TEST_F(SourceNewsTest, SilenceSurvivesARestart) {
  bring_news();
  be_quiet_until_silent();
  SourceEntry next;
  next.settings = entry_.settings;
  next.plugin = entry_.plugin;
  next.state = entry_.state;
  std::swap(entry_.state, next.state);
  entry_.silent = false;
  EXPECT_FALSE(poll(0)) << "it is known already";
  EXPECT_EQ(entry_.state.state, "silent");
}

TEST_F(SourceNewsTest, ADeliveryEndsASilence) {
  bring_news();
  EXPECT_FALSE(end_silence(entry_, now_));
  be_quiet_until_silent();
  EXPECT_FALSE(end_silence(entry_, now_));
  PollResult delivered;
  delivered.fresh = 1;
  note_news(entry_, delivered, now_, true);
  EXPECT_TRUE(end_silence(entry_, now_));
  EXPECT_EQ(entry_.state.state, "ok");
  EXPECT_EQ(entry_.state.since, now_);
}

}  // namespace
}  // namespace pw::pipeline
