#include "unit/source/kinds/native/loaded.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace pw::native {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

std::vector<std::string> told(const std::string& what) {
  const auto polled = Loaded("obedient").source(what)->poll({"", kNow});
  return polled ? polled->warnings : std::vector<std::string>{polled.error().message};
}

TEST(NativeCalls, EverythingThatCanBeEmitted) {
  const CaughtLog log;
  const auto polled = Loaded("obedient").source("emit")->poll({"41", kNow});
  ASSERT_TRUE(polled);
  ASSERT_THAT(polled->requests, SizeIs(1));
  EXPECT_EQ(polled->requests[0].url, "https://x.example/list");
  EXPECT_EQ(polled->requests[0].tag, "t");
  EXPECT_THAT(polled->requests[0].headers, ElementsAre(std::pair<std::string, std::string>("Accept", "text/html")));
  ASSERT_THAT(polled->items, SizeIs(2));
  const source::Item& item = polled->items[0];
  EXPECT_EQ(item.id, "i1");
  EXPECT_EQ(item.hints.text, "A\nB");
  EXPECT_EQ(to_iso8601(item.hints.published->time), "2026-03-01T10:00:00Z");
  EXPECT_EQ(item.hints.modified->time, kNow);
  EXPECT_EQ(item.hints.language, "en");
  EXPECT_EQ(item.hints.method, "plugin");
  EXPECT_THAT(item.hints.authors, ElementsAre("Ann", "Bob"));
  EXPECT_FALSE(item.complete);
  EXPECT_TRUE(polled->items[1].complete) << "there is no page to fetch";
  EXPECT_THAT(polled->items[1].id, SizeIs(32));
  EXPECT_THAT(polled->warnings, ElementsAre(HasSubstr("item 3 was skipped"), HasSubstr("file:///etc/passwd")));
  EXPECT_EQ(polled->cursor, "41");
  EXPECT_EQ(polled->pace.at_least, Milliseconds{600'000});
  EXPECT_THAT(log.text(), HasSubstr("wire-1: a line\\nof log"));
}

TEST(NativeCalls, WhatIsHandedInIsUtf8) {
  const auto parsed =
      Loaded("obedient").source("")->parse({"b\xFF", "https://x.example/", "text/\xE4", "tag", "c", kNow});
  ASSERT_TRUE(parsed);
  EXPECT_THAT(parsed->warnings, ElementsAre("b\xEF\xBF\xBD", "text/\xEF\xBF\xBD", "tag", "https://x.example/"));
}

TEST(NativeCalls, ExtractMayGiveAnArticleOrNone) {
  const Loaded loaded("obedient");
  const auto none = loaded.source("nothing")->extract({"<p>", "https://x.example/", kNow});
  ASSERT_TRUE(none);
  EXPECT_FALSE(none->has_value());
  const CaughtLog log;
  const auto some = loaded.source("")->extract({"<p>", "https://x.example/", kNow});
  ASSERT_TRUE(some && *some);
  EXPECT_EQ((*some)->title, "https://x.example/");
  EXPECT_TRUE((*some)->partial);
  EXPECT_THAT(log.text(), HasSubstr("is logged"));
}

TEST(NativeCalls, StoredIsToldAndMayEmitNothing) {
  const CaughtLog log;
  Loaded("obedient").source("")->stored("the cursor");
  EXPECT_THAT(log.text(), AllOf(HasSubstr("wire-1: the cursor"), HasSubstr("not allowed in stored()")));
}

TEST(NativeCalls, OptionsAreText) {
  EXPECT_THAT(told("options"), ElementsAre("list 2", "b", "beyond 1", "unknown 1", "0", "true"));
}

TEST(NativeCalls, FailuresSayWhy) {
  const Loaded loaded("obedient");
  const auto failed = loaded.source("fail")->poll({"", kNow});
  ASSERT_FALSE(failed) << "fail() decides, whatever is returned";
  EXPECT_EQ(failed.error().code, Errc::parse);
  EXPECT_EQ(failed.error().message, "the list is empty");
  EXPECT_THAT(told("mute"), ElementsAre("poll() of the plugin wire returned 42 without a reason"));
  EXPECT_THAT(told("error"), ElementsAre(HasSubstr("after: the output parameter is NULL")));
}

TEST(NativeCalls, CreateMayRefuseTheOptions) {
  const Loaded loaded("obedient");
  const auto message = [&](const std::string& what) -> std::string {
    try {
      const auto made = loaded.source(what);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(message("refuse"), "do: \"refuse\" is not what I like");
  EXPECT_EQ(message("silent"), "create() of the plugin wire returned 42 without a reason");
  EXPECT_THAT(message("emit-in-create"), HasSubstr("not allowed in create()"));
}

TEST(NativeCalls, PagesAreSeenThroughTheHost) {
  EXPECT_THAT(told("look"),
              ElementsAre("found 2", "One two", "a", "empty attribute 0", "no attribute 1", "ul", "same 1",
                          "root has no parent 1", "bad selector -4", HasSubstr("li["), "https://x.example/b?c",
                          "no address 1", "date 1772443800", "no date 1", "A & B"));
}

TEST(NativeCalls, JsonIsSeenThroughTheHost) {
  EXPECT_THAT(told("json"), ElementsAre("rows 2", "A-7", "blank 1", "type 5", "true", "nothing there 0",
                                        "bad pointer -4", "bad field -4", "bad json -4"));
}

TEST(NativeCalls, AFeedsEntriesAreItems) {
  const auto polled = Loaded("obedient").source("feed")->poll({"", kNow});
  ASSERT_TRUE(polled);
  EXPECT_THAT(polled->warnings, ElementsAre("no feed -4"));
  ASSERT_THAT(polled->items, SizeIs(2));
  const source::Item& item = polled->items[0];
  EXPECT_EQ(item.id, "g1");
  EXPECT_EQ(item.hints.url, "https://x.example/1");
  EXPECT_EQ(item.hints.text, "Text");
  EXPECT_EQ(item.hints.language, "en");
  EXPECT_EQ(item.hints.site, "The Test");
  EXPECT_EQ(to_iso8601(item.hints.published->time), "2026-03-02T08:30:00Z");
  EXPECT_EQ(item.hints.published->zone, 60);
}

TEST(NativeCalls, WrongHandlesAreRefused) {
  const auto source = Loaded("obedient").source("handles");
  ASSERT_TRUE(source->poll({"", kNow}));
  const auto parsed = source->parse({"", "", "", "", "", kNow});
  ASSERT_TRUE(parsed);
  ASSERT_THAT(parsed->warnings, SizeIs(4 * 9 + 2 + 4));
  EXPECT_THAT(std::vector(parsed->warnings.begin(), parsed->warnings.begin() + 36), Each(EndsWith(" -3")));
  EXPECT_THAT(parsed->warnings, AllOf(Contains("old call -1"), Contains("no call -1")));
}

TEST(NativeCalls, NothingWhereSomethingMustBeIsRefused) {
  const auto answers = told("nothing");
  EXPECT_THAT(answers, SizeIs(16));
  EXPECT_THAT(answers.back(), EndsWith("-5"));
  EXPECT_THAT(std::vector(answers.begin(), answers.end() - 1), Each(EndsWith(" -2")));
}

TEST(NativeCalls, DocumentsTextsAndLogHaveLimits) {
  EXPECT_THAT(told("fill"), ElementsAre(HasSubstr("first "), "second -5", "last that fits 0", "too much -5", "log -5"));
}

TEST(NativeCalls, BrokenRulesFailTheCallAndNameTheRule) {
  const Loaded loaded("obedient");
  const std::vector<std::string> rules{
      "is NULL", "is NULL", "size of 8 bytes", "size of 4294967295 bytes", "NULL but has", "not UTF-8",
      "authors", "ftp://",  "headers is NULL", "not allowed in",           "10000 items",  "16777216 bytes"};
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto polled = loaded.source("break", "do", static_cast<std::int64_t>(i))->poll({"", kNow});
    ASSERT_FALSE(polled) << i;
    EXPECT_EQ(polled.error().code, Errc::plugin);
    EXPECT_THAT(polled.error().message, AllOf(HasSubstr("violated the ABI"), HasSubstr(rules[i])));
  }
}

}  // namespace
}  // namespace pw::native
