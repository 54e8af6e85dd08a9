#include "pipeline/source_health.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr Time kNow = from_ms(1772443800000);
constexpr const char* kOld = "https://old.example/feed";
constexpr const char* kNew = "https://new.example/feed";

class SourceHealthTest : public testing::Test {
 protected:
  SourceHealthTest() {
    entry_.settings.id = "wire";
    entry_.plugin = std::make_shared<source::Plugin>(kPlugin);
    entry_.state.state = "new";
  }

  bool failed(int status, Errc code = Errc::http) {
    PollResult result;
    result.asked = kOld;
    result.changed = true;
    result.status = status;
    result.error = fail(code, "said {}", status);
    return note_poll(entry_, result, kNow);
  }
  bool read(std::size_t listed, std::vector<std::string> warnings = {}) {
    PollResult result;
    result.asked = kOld;
    result.changed = true;
    result.listed = listed;
    result.warnings = std::move(warnings);
    return note_poll(entry_, result, kNow);
  }
  bool redirected(const std::string& to) {
    PollResult result;
    result.asked = kOld;
    result.changed = true;
    result.listed = 1;
    result.permanent = to;
    return note_poll(entry_, result, kNow);
  }

  inline static const source::Plugin kPlugin{"p", "", {}, source::Plugin::Body::xml, nullptr, true};
  SourceEntry entry_;
};

TEST_F(SourceHealthTest, EachFailureHasItsState) {
  for (const auto& [status, state] : {std::pair{403, "blocked"},
                                      {401, "blocked"},
                                      {451, "blocked"},
                                      {404, "missing"},
                                      {410, "gone"},
                                      {500, "failing"},
                                      {429, "waiting"}}) {
    failed(status, status == 429 ? Errc::busy : Errc::http);
    EXPECT_EQ(entry_.state.state, state);
  }
  for (const auto& [code, state] : {std::pair{Errc::refused, "refused"},
                                    {Errc::timeout, "slow"},
                                    {Errc::parse, "unreadable"},
                                    {Errc::plugin, "plugin"},
                                    {Errc::io, "failing"},
                                    {Errc::busy, "waiting"}}) {
    failed(0, code);
    EXPECT_EQ(entry_.state.state, state);
  }
}

TEST_F(SourceHealthTest, TimesAndCountsAreKept) {
  EXPECT_TRUE(read(5));
  EXPECT_FALSE(read(5));
  EXPECT_TRUE(failed(500));
  EXPECT_FALSE(failed(502));
  failed(429, Errc::busy);
  const store::SourceState& state = entry_.state;
  EXPECT_EQ(state.polls, 5U);
  EXPECT_EQ(state.failed, 2U);
  EXPECT_EQ(state.failures, 2);
  EXPECT_EQ(state.last_ok, kNow);
  EXPECT_EQ(state.since, kNow);
  EXPECT_TRUE(read(5));
  EXPECT_EQ(state.failures, 0);
}

TEST_F(SourceHealthTest, AListThatIsEmptyAllAtOnceIsAnAlarm) {
  EXPECT_TRUE(read(0));
  EXPECT_EQ(entry_.state.state, "ok") << "a feed that has just begun";
  read(30);
  EXPECT_TRUE(read(0));
  EXPECT_EQ(entry_.state.state, "empty");
  EXPECT_THAT(entry_.state.reason, HasSubstr("there were 30"));
  EXPECT_FALSE(read(0)) << "said once";
  EXPECT_EQ(entry_.state.state, "empty") << "for as long as it lasts";
  EXPECT_TRUE(read(2));
  EXPECT_EQ(entry_.state.state, "ok");
}

TEST_F(SourceHealthTest, AListingThatNeverHadALinkIsAnAlarmToo) {
  EXPECT_TRUE(read(0, {"the selector finds no link"}));
  EXPECT_EQ(entry_.state.state, "empty");
  EXPECT_THAT(entry_.state.reason, HasSubstr("finds no link"));
}

TEST_F(SourceHealthTest, WhoAnswersOnlyNewsMayHaveNone) {
  static const source::Plugin kApi{"api", "", {}, source::Plugin::Body::raw, nullptr};
  entry_.plugin = std::make_shared<source::Plugin>(kApi);
  read(3);
  read(0);
  EXPECT_EQ(entry_.state.state, "ok");
}

TEST_F(SourceHealthTest, A304KeepsWhatWasSaidBefore) {
  read(3, {"the feed is damaged"});
  PollResult result;
  result.asked = kOld;
  result.not_modified = true;
  EXPECT_FALSE(note_poll(entry_, result, kNow));
  EXPECT_EQ(entry_.state.reason, "the feed is damaged");
  EXPECT_EQ(entry_.state.not_modified, 1U);
}

TEST_F(SourceHealthTest, APermanentRedirectIsBelievedAtTheThirdSighting) {
  redirected(kNew);
  EXPECT_FALSE(redirected(kNew));
  EXPECT_EQ(entry_.address_of(kOld), kOld);
  EXPECT_TRUE(redirected(kNew));
  EXPECT_EQ(entry_.address_of(kOld), kNew);
  EXPECT_THAT(entry_.state.reason, HasSubstr(kNew));
  EXPECT_EQ(entry_.address_of("https://old.example/other"), "https://old.example/other");
}

TEST_F(SourceHealthTest, SightingsMustAgreeAndFollowEachOther) {
  redirected(kNew);
  redirected("https://elsewhere.example/");
  redirected(kNew);
  redirected(kNew);
  EXPECT_EQ(entry_.address_of(kOld), kOld);
  read(1);
  redirected(kNew);
  EXPECT_EQ(entry_.address_of(kOld), kOld);
}

TEST_F(SourceHealthTest, ANewAddressThatFailsIsGivenUpForTheOldOne) {
  for (int i = 0; i < 3; ++i) redirected(kNew);
  PollResult result;
  result.asked = kOld;
  result.by_new_address = true;
  result.status = 410;
  result.error = fail(Errc::http, "gone");
  note_poll(entry_, result, kNow);
  EXPECT_EQ(entry_.address_of(kOld), kOld);
  EXPECT_FALSE(result.gone()) << "the old address may still redirect elsewhere";
}

TEST_F(SourceHealthTest, ThePaceOfASourceIsRemembered) {
  PollResult result;
  result.changed = true;
  result.listed = 1;
  result.pace = {1h, 3U, 64U};
  note_poll(entry_, result, kNow);
  PollResult later;
  later.not_modified = true;
  note_poll(entry_, later, kNow);
  EXPECT_EQ(entry_.pace(), result.pace);
}

TEST_F(SourceHealthTest, APersonIsNeededWhenTroubleLasts) {
  const auto needed = [](const std::string& state, Milliseconds since, Time last_ok) {
    store::SourceState out;
    out.state = state;
    out.since = kNow - since;
    out.last_ok = last_ok;
    return needs_person(out, kNow);
  };
  for (const char* fine : {"ok", "new", "disabled"}) EXPECT_FALSE(needed(fine, 99h, Time{})) << fine;
  for (const char* final : {"silent", "empty", "gone"}) EXPECT_TRUE(needed(final, 0h, kNow)) << final;
  for (const char* state : {"blocked", "missing", "failing", "slow", "refused", "unreadable", "plugin"}) {
    EXPECT_FALSE(needed(state, 59min, kNow - 1h)) << state;
    EXPECT_TRUE(needed(state, 1h, kNow - 1h)) << state;
    EXPECT_TRUE(needed(state, 0h, Time{})) << state << ": it was never read";
  }
  EXPECT_FALSE(needed("waiting", 23h, Time{}));
  EXPECT_TRUE(needed("waiting", 24h, kNow));
}

TEST_F(SourceHealthTest, WhatASourceDoesIsCountedForItsMetrics) {
  read(5);
  failed(500);
  PollResult unchanged;
  unchanged.not_modified = true;
  note_poll(entry_, unchanged, kNow);
  EXPECT_EQ(entry_.counts->polls, 3U);
  EXPECT_EQ(entry_.counts->polls_failed, 1U);
  EXPECT_EQ(entry_.counts->polls_unchanged, 1U);
}

TEST_F(SourceHealthTest, HealthSaysWhatAPersonWantsToKnow) {
  failed(403);
  const bus::HealthInfo health = health_of(entry_, "ok", kNow);
  EXPECT_EQ(health.state, "blocked");
  EXPECT_EQ(health.previous, "ok");
  EXPECT_EQ(health.failures, 1);
  EXPECT_THAT(bus::health_json(health), HasSubstr("\"state\":\"blocked\""));
}

}  // namespace
}  // namespace pw::pipeline
