#include "pipeline/turn.hpp"

#include "pipeline/source_entry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

// 2026-03-02 is a Monday.
constexpr Time kMonday0930 = from_ms(1772443800000);

TEST(Turn, APluginThatThrowsLosesItsTurnOnly) {
  const auto outcome = guarded([]() -> Result<int> { throw std::runtime_error("no such thing"); });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, Errc::plugin);
  EXPECT_THAT(outcome.error().message, HasSubstr("no such thing"));
}

TEST(Turn, StatusesAreExplained) {
  fetch::FetchResponse response;
  response.final_url = "https://news.example/\x1b[31m";
  response.status = 403;
  EXPECT_THAT(status_error(response).message, HasSubstr("refuses us"));
  EXPECT_THAT(status_error(response).message, Not(HasSubstr("\x1b")));
  response.status = 429;
  EXPECT_EQ(status_error(response).code, Errc::busy);
  response.status = 503;
  response.headers = {{"cf-mitigated", "challenge"}};
  EXPECT_EQ(status_error(response).code, Errc::http);
  EXPECT_THAT(status_error(response).message, HasSubstr("Cloudflare"));
}

TEST(Turn, WhatMayPassIsTriedAgain) {
  EXPECT_TRUE(is_transient(fail(Errc::http, "x"), 500));
  EXPECT_TRUE(is_transient(fail(Errc::timeout, "x"), 0));
  EXPECT_FALSE(is_transient(fail(Errc::http, "x"), 404));
  EXPECT_FALSE(is_transient(fail(Errc::refused, "x"), 0));
}

TEST(Turn, SkippedHoursAndDaysArePassedOver) {
  source::Pace pace;
  EXPECT_EQ(out_of_skipped(kMonday0930, pace), kMonday0930);
  pace.skip_hours = 1U << 9U;
  EXPECT_EQ(out_of_skipped(kMonday0930, pace), kMonday0930 + 30min);
  pace.skip_days = 1U << 1U;  // Monday
  EXPECT_EQ(out_of_skipped(kMonday0930, pace), kMonday0930 + 14h + 30min);
}

TEST(Turn, ASkippedHourEndsWithItsLastMillisecond) {
  constexpr Time kTen = kMonday0930 + 30min;
  const source::Pace pace{0ms, 1U << 9U, 0};
  EXPECT_EQ(out_of_skipped(kTen - 1h - 1ms, pace), kTen - 1h - 1ms);
  EXPECT_EQ(out_of_skipped(kTen - 1h, pace), kTen);
  EXPECT_EQ(out_of_skipped(kTen - 1ms, pace), kTen);
  EXPECT_EQ(out_of_skipped(kTen, pace), kTen);
}

TEST(Turn, SkippedHoursGoOnOverMidnightAndIntoASkippedDay) {
  constexpr Time kMidnight = kMonday0930 + 14h + 30min;
  source::Pace pace{0ms, 1U << 23U | 1U, 0};
  EXPECT_EQ(out_of_skipped(kMidnight - 1min, pace), kMidnight + 1h);
  pace.skip_days = 1U << 2U;  // Tuesday
  EXPECT_EQ(out_of_skipped(kMidnight - 1min, pace), kMidnight + 25h);
}

TEST(Turn, AFeedThatSkipsEveryHourOrDayIsNotBelieved) {
  EXPECT_EQ(out_of_skipped(kMonday0930, {0ms, 0xFF'FFFF, 0}), kMonday0930);
  EXPECT_EQ(out_of_skipped(kMonday0930, {0ms, 0, 0x7F}), kMonday0930);
  EXPECT_EQ(out_of_skipped(kMonday0930, {0ms, 0xFF'FFFE, 0x7E}), kMonday0930 + 6 * 24h - 9h - 30min);
}

TEST(Turn, ASourceRestsUntilItsSavedTimeButNoLongerThanItCould) {
  const source::Pace any;
  EXPECT_EQ(rest_of(kMonday0930, kMonday0930, 10min, any), std::nullopt) << "the time is over";
  EXPECT_EQ(rest_of({}, kMonday0930, 10min, any), std::nullopt);
  EXPECT_EQ(rest_of(kMonday0930 + 7min, kMonday0930, 10min, any), 7min);
  EXPECT_EQ(rest_of(kMonday0930 + 1h, kMonday0930, 10min, any), 10min) << "the clock was ahead";
  EXPECT_EQ(rest_of(kMonday0930 + 17'520h, kMonday0930, 10min, any), 10min);
  const source::Pace spared{0ms, 1U << 9U, 0};
  EXPECT_EQ(rest_of(kMonday0930 + 30min, kMonday0930, 10min, spared), 30min) << "the hour is skipped";
  EXPECT_EQ(rest_of(kMonday0930 + 5h, kMonday0930, 10min, spared), 30min);
}

TEST(Turn, AKnownItemIsFollowedAgainOnlyWhenItsSourceSaysItChanged) {
  SourceEntry entry;
  source::Item item;
  item.id = "1";
  EXPECT_FALSE(entry.is_revision(item, kMonday0930));
  item.hints.modified = StatedDate{kMonday0930 + 1h, true, ""};
  EXPECT_TRUE(entry.is_revision(item, kMonday0930));
  entry.remember_revision(item);
  EXPECT_FALSE(entry.is_revision(item, kMonday0930));
}

TEST(Turn, AGzippedSitemapIsReadAsItsText) {
  fetch::FetchResponse response;
  response.body = "<urlset/>";
  EXPECT_EQ(decode_body(source::Plugin::Body::xml, response).text, "<urlset/>");
  response.body = "caf\xe9";
  EXPECT_EQ(decode_body(source::Plugin::Body::raw, response).text, "caf\uFFFD");
}

TEST(Turn, ADoubtfulCharsetIsSaid) {
  fetch::FetchResponse response;
  response.body = "<rss><channel><item><title>caf\xe9</title></item></channel></rss>";
  EXPECT_THAT(decode_body(source::Plugin::Body::xml, response).note, HasSubstr("guessed"));
  response.content_type = "text/xml; charset=utf-8";
  EXPECT_THAT(decode_body(source::Plugin::Body::xml, response).note, HasSubstr("not UTF-8"));
  response.content_type = "text/xml; charset=iso-8859-1";
  EXPECT_EQ(decode_body(source::Plugin::Body::xml, response).note, "");
}

}  // namespace
}  // namespace pw::pipeline
