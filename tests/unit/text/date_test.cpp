#include "text/date/date.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::text {
namespace {

const Time kNow = from_ms(1'700'000'000'000);  // 2023-11-14T22:13:20Z

std::string utc(std::string_view text) {
  const auto date = parse_date(text, kNow);
  return date ? to_iso8601(date->time) : "refused";
}

std::string day_in(std::string_view text, std::string_view language = "") {
  const auto date = find_date_in_text(text, language, kNow);
  return date ? to_iso8601(date->time).substr(0, 10) : "none";
}

std::string day_of_url(std::string_view url) {
  const auto date = date_from_url(url);
  return date ? to_iso8601(date->time).substr(0, 10) : "none";
}

TEST(Date, ReadsFeedForms) {
  EXPECT_EQ(utc("Tue, 07 Mar 2017 18:30:05 +0530"), "2017-03-07T13:00:05Z");
  EXPECT_EQ(utc("2019-02-03T04:05:06.25-03:00"), "2019-02-03T07:05:06.250Z");
  EXPECT_EQ(utc("20190203T040506Z"), "2019-02-03T04:05:06Z");
  EXPECT_EQ(utc("2019-034"), "2019-02-03T00:00:00Z");
  EXPECT_EQ(utc("Sat Feb  2 13:00:00 2019"), "2019-02-02T13:00:00Z");
  EXPECT_EQ(utc("1549112400"), "2019-02-02T13:00:00Z");
}

TEST(Date, TheArabicPressNamesAMonthTwice) {
  EXPECT_EQ(day_in("تم نشره الجمعة 24 نيسان / أبريل 2020 09:22 مساءً"), "2020-04-24");
  EXPECT_EQ(day_in("24 نيسان (أبريل) 2020"), "2020-04-24");
  EXPECT_EQ(day_in("24 April May 2020"), "none");
}

TEST(Date, ReadsZonesByName) {
  EXPECT_EQ(utc("Sat, 02 Feb 2019 13:00 EST"), "2019-02-02T18:00:00Z");
  EXPECT_EQ(utc("Sat, 06 Jul 2019 13:00 Asia/Tokyo"), "2019-07-06T04:00:00Z");
  EXPECT_EQ(utc("Sat, 06 Jul 2019 13:00 Europe/Paris"), "2019-07-06T11:00:00Z");
}

TEST(Date, ReadsManyLanguages) {
  EXPECT_EQ(utc("3. März 2021 um 18:05 Uhr"), "2021-03-03T18:05:00Z");
  EXPECT_EQ(utc("mercredi 3 février 2021"), "2021-02-03T00:00:00Z");
  EXPECT_EQ(utc("3 лютого 2021, 18:05"), "2021-02-03T18:05:00Z");
  EXPECT_EQ(utc("3 fevral 2021"), "2021-02-03T00:00:00Z");
  EXPECT_EQ(utc("2021年2月3日 18時05分"), "2021-02-03T18:05:00Z");
  EXPECT_EQ(utc("3 فبراير 2021"), "2021-02-03T00:00:00Z");
  EXPECT_EQ(utc("3 בפברואר 2021"), "2021-02-03T00:00:00Z");
  EXPECT_EQ(utc("3 თებერვალი 2021"), "2021-02-03T00:00:00Z");
  EXPECT_EQ(utc("3. helmikuuta 2021"), "2021-02-03T00:00:00Z");
  EXPECT_EQ(utc("Thứ Tư, ngày 3 tháng 2 năm 2021"), "2021-02-03T00:00:00Z");
  EXPECT_EQ(utc("18:05 3 thg 2, 2021"), "2021-02-03T18:05:00Z");
  EXPECT_EQ(utc("2021 оны 2-р сарын 3 18:05"), "2021-02-03T18:05:00Z");
  EXPECT_EQ(utc("3 iyl 2021, 15:45"), "2021-07-03T15:45:00Z");
  EXPECT_EQ(utc("3 בפבר׳ 2021, 18:05"), "2021-02-03T18:05:00Z");
  EXPECT_EQ(utc("ಫೆಬ್ರವರಿ 3, 2021"), "2021-02-03T00:00:00Z");
}

TEST(Date, ReadsDottedTimesBehindADate) {
  EXPECT_EQ(utc("3 Februari 2021 pukul 18.05"), "2021-02-03T18:05:00Z");
  EXPECT_EQ(utc("onsdag den 3. februar 2021 kl. 18.05.09"), "2021-02-03T18:05:09Z");
  EXPECT_EQ(utc("3. 2.21 18.05"), "2021-02-03T18:05:00Z");
  EXPECT_EQ(utc("3.2.2021"), "2021-02-03T00:00:00Z");
}

TEST(Date, ReadsOffsetsAsPublishersWriteThem) {
  EXPECT_EQ(utc("Wed, 03 Feb 2021 10:00:00 +5:30"), "2021-02-03T04:30:00Z");
  EXPECT_EQ(utc("Wed, 03 Feb 2021 10:00:00-4:00"), "2021-02-03T14:00:00Z");
  EXPECT_EQ(utc("Wed, 03 Feb 2021 10:00:00 +3"), "2021-02-03T07:00:00Z");
  EXPECT_EQ(utc("Wed, 03 Feb 2021 10:00:00 -530"), "2021-02-03T15:30:00Z");
  EXPECT_EQ(utc("Wed, 03 Feb 2021 10:00:00 GMT+3"), "2021-02-03T07:00:00Z");
  EXPECT_EQ(utc("2021-02-03T10:00:00+3:00"), "2021-02-03T07:00:00Z");
  EXPECT_EQ(utc("2021-02-03 10:00 +530"), "2021-02-03T04:30:00Z");
  EXPECT_EQ(utc("Wed, 03 Feb 2021 10.00.30 +0200"), "2021-02-03T08:00:30Z");
  EXPECT_EQ(utc("Wed, 03 Feb 2021 10.00 GMT"), "2021-02-03T10:00:00Z");
  EXPECT_EQ(utc("Wed, 03 Feb 2021 10:00:00 AT"), "2021-02-03T14:00:00Z");
  EXPECT_EQ(utc("February 3, 2021 at noon"), "2021-02-03T12:00:00Z");
}

TEST(Date, AnOffsetCountsMoreThanTheNameBesideIt) {
  EXPECT_EQ(utc("2021-02-03T10:00:00.000+0000Z"), "2021-02-03T10:00:00Z");
  EXPECT_EQ(utc("2021-02-03T10:00:00+05:30Z"), "2021-02-03T04:30:00Z");
  EXPECT_EQ(utc("Wed, 03 Feb 2021 10:00:00 -0500 EST"), "2021-02-03T15:00:00Z");
  EXPECT_EQ(utc("Wed, 03 Feb 2021 10:00:00 EST -0500"), "2021-02-03T15:00:00Z");
}

TEST(Date, ADayBehindATimeIsNoOffset) {
  EXPECT_EQ(utc("10:00 -5 March 2020"), "2020-03-05T10:00:00Z");
  EXPECT_EQ(utc("10:00 - 5 March 2020"), "2020-03-05T10:00:00Z");
  EXPECT_EQ(utc("10:00 -12 March 2020"), "2020-03-12T10:00:00Z");
}

TEST(Date, AnOffsetThatMeansNothingLeavesTheTimeInDoubt) {
  for (const char* text :
       {"Wed, 03 Feb 2021 10:00:00 +00:xx", "Wed, 03 Feb 2021 10:00:00 +9900", "2021-02-03 10:00 +17:00"}) {
    const auto date = parse_date(text, kNow);
    ASSERT_TRUE(date) << text;
    EXPECT_EQ(to_iso8601(date->time), "2021-02-03T10:00:00Z") << text;
    EXPECT_EQ(date->raw, text);
  }
  EXPECT_EQ(parse_date("2021-02-03 10:00 +07:00", kNow)->raw, "");
}

TEST(Date, ReadsNumbersInUnusualPlaces) {
  EXPECT_EQ(utc("Sat, 11 04 2020 08:51:49 +0100"), "2020-04-11T07:51:49Z");
  EXPECT_EQ(utc("2020-01/10"), "2020-01-10T00:00:00Z");
  EXPECT_EQ(utc("1549112400.25"), "2019-02-02T13:00:00.250Z");
  EXPECT_EQ(utc("1549112400.123456"), "2019-02-02T13:00:00.123Z");
}

TEST(Date, ReadsTwelveHourClocks) {
  EXPECT_EQ(utc("Feb. 3, 2021, 12:05 a.m."), "2021-02-03T00:05:00Z");
  EXPECT_EQ(utc("02/03/2021 6:05 pm"), "2021-02-03T18:05:00Z");
  EXPECT_EQ(utc("02/03/2021 18:05"), "2021-03-02T18:05:00Z");
}

TEST(Date, RefusesTheImpossible) {
  for (const char* text : {"", "yesterday", "30 February 2021", "2021-13-01", "2021-02-03 25:00", "12:00",
                           "32 March 2021", "99999999", "1549112400.", "1549112400.5x"}) {
    EXPECT_EQ(utc(text), "refused") << text;
  }
}

TEST(Date, SaysWhetherATimeWasGiven) {
  EXPECT_FALSE(parse_date("2021-02-03", kNow)->has_time);
  EXPECT_TRUE(parse_date("2021-02-03T00:00", kNow)->has_time);
}

TEST(Date, ClampsTheFarFuture) {
  const StatedDate near{kNow + std::chrono::days{1}, true, {}};
  EXPECT_EQ(clamp_date(near, kNow), near);
  const StatedDate clamped = clamp_date({kNow + std::chrono::days{30}, true, {}}, kNow);
  EXPECT_EQ(clamped.time, kNow);
  EXPECT_THAT(clamped.raw, testing::StartsWith("2023-12-14"));
}

TEST(Date, ClampsTheZeroOfAClock) {
  const StatedDate clamped = clamp_date(*parse_date("Thu, 01 Jan 1970 00:00:00 GMT", kNow), kNow);
  EXPECT_EQ(clamped.time, kNow);
  EXPECT_THAT(clamped.raw, testing::StartsWith("1970-01-01"));
}

TEST(Date, PassesOverCommentsAndWhatIsEscapedInThem) {
  EXPECT_EQ(utc("Wed (a (nested) Mar), 3(rd) Feb(ruary \\) 2005) 2021 18:05:00 +0000 (UTC)"), "2021-02-03T18:05:00Z");
}

TEST(Date, ReadsTheDistantPastButTakesNoSmallNumberForAYear) {
  EXPECT_EQ(utc("Thu, 04 Jul 1776 18:30:02 GMT"), "1776-07-04T18:30:02Z");
  EXPECT_EQ(utc("0001-01-01T00:00:00Z"), "refused");
  EXPECT_EQ(utc("1630"), "refused");
}

TEST(DateInText, FindsTheFirstFullDay) {
  EXPECT_EQ(day_in("By A. Writer. Published on March 4, 2022 in News"), "2022-03-04");
  EXPECT_EQ(day_in("Le 4 mars 2022 à Paris"), "2022-03-04");
  EXPECT_EQ(day_in("第3面 2022年3月4日 朝刊"), "2022-03-04");
  EXPECT_EQ(day_in("3 of 4 people in 2022 said so; call 555-12-34-56"), "none");
}

TEST(DateInText, PrefersPublicationToChangeAndRefusesTheFuture) {
  EXPECT_EQ(day_in("Updated: 05/06/2022. First printed 04/03/2022"), "2022-03-04");
  EXPECT_EQ(day_in("Last updated: 1/23/21"), "2021-01-23");
  EXPECT_EQ(day_in("The exhibition opens on 4 March 2031"), "none");
}

TEST(DateFromUrl, ReadsPathsOnly) {
  EXPECT_EQ(day_of_url("https://example.org/news/2020/1/31/title"), "2020-01-31");
  EXPECT_EQ(day_of_url("https://example.org/2020-01-31-title"), "2020-01-31");
  EXPECT_EQ(day_of_url("https://example.org/a/20200131/b"), "2020-01-31");
  EXPECT_EQ(day_of_url("https://example.org/news/31-01-2020-title"), "2020-01-31");
  EXPECT_EQ(day_of_url("https://example.org/31.1.2020"), "2020-01-31");
  EXPECT_EQ(day_of_url("https://example.org/31-01.2020"), "none");
  EXPECT_EQ(day_of_url("https://example.org/31-01-20203"), "none");
  EXPECT_EQ(day_of_url("https://example.org/2020/01/"), "none");
  EXPECT_EQ(day_of_url("https://example.org/2020/13/31/"), "none");
  EXPECT_EQ(day_of_url("https://example.org/a?d=2020-01-31"), "none");
}

}  // namespace
}  // namespace pw::text
