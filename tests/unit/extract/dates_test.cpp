#include "extract/extract.hpp"
#include "pages.hpp"

#include <gtest/gtest.h>

namespace pw::extract {
namespace {

using namespace test;

std::string published(const std::string& head, const std::string& body,
                      std::string_view url = "https://crier.example/1") {
  const auto date = extract_article({page(head, body), url, from_ms(1'715'000'000'000)}).value().published;
  return date ? to_iso8601(date->time, date->zone) : "none";
}

std::string meta(std::string_view name, std::string_view content) {
  return "<meta property=\"" + std::string(name) + "\" content=\"" + std::string(content) + "\">";
}

TEST(ExtractDates, KeepTheZoneInWhichTheyAreStated) {
  EXPECT_EQ(published(meta("article:published_time", "2024-05-01T23:30:00-05:00"), story()),
            "2024-05-01T23:30:00-05:00");
  EXPECT_EQ(published(meta("article:published_time", "2024-05-01T23:30:00Z"), story()), "2024-05-01T23:30:00Z");
}

TEST(ExtractDates, TheAddressTellsTheDayWhereTheZoneIsNotStated) {
  const std::string head = meta("article:published_time", "2024-05-02T02:30:00Z");
  EXPECT_EQ(published(head, story(), "https://crier.example/2024/05/01/bridge"), "2024-05-01T23:30:00-03:00");
  EXPECT_EQ(published(head, story(), "https://crier.example/2024/05/02/bridge"), "2024-05-02T02:30:00Z");
  EXPECT_EQ(published(head, story(), "https://crier.example/2024/04/01/bridge"), "2024-05-02T02:30:00Z");
  EXPECT_EQ(published(meta("article:published_time", "2024-05-01T20:15:00Z"), story(),
                      "https://crier.example/2024/05/02/bridge"),
            "2024-05-02T00:15:00+04:00");
}

TEST(ExtractDates, TheVisibleDayTellsItToo) {
  const std::string head = meta("article:published_time", "2024-05-02T02:30:00Z");
  EXPECT_EQ(published(head, "<article><div class=meta>May 1, 2024</div>" + story() + "</article>"),
            "2024-05-01T23:30:00-03:00");
  EXPECT_EQ(published(head, "<article><div class=meta>May 3, 2023</div>" + story() + "</article>"),
            "2024-05-02T02:30:00Z");
}

TEST(ExtractDates, MetaElementsOfAnyNameThatSpeaksOfPublication) {
  EXPECT_EQ(published(meta("crier:first_published_at", "2024-05-01"), story()), "2024-05-01T00:00:00Z");
  EXPECT_EQ(published(meta("crier:expires_date", "2024-05-01"), story()), "none");
}

TEST(ExtractDates, TheNearestToTheTextIsTheArticles) {
  const std::string card = "<div class=card><time datetime=2024-04-01>1 April</time></div>";
  const std::string date = "<p class=publication><time datetime=2024-03-02>2 March</time></p>";
  EXPECT_EQ(published("", card + "<article>" + date + story() + "</article>" + card), "2024-03-02T00:00:00Z");
  EXPECT_EQ(published("", "<time pubdate datetime=2024-04-01></time>" + card + card + "<article>" +
                              "<time pubdate datetime=2024-03-02></time>" + story() + "</article>"),
            "2024-03-02T00:00:00Z");
}

TEST(ExtractDates, ALineAboveTheTextIsSurerThanASentenceInIt) {
  EXPECT_EQ(published("", "<article><div>Do 25.04.24 | 14:07 Uhr</div>" + story() +
                              "<p>The bridge was planned on 3 January 2020, as the mayor said.</p></article>"),
            "2024-04-25T00:00:00Z");
}

TEST(ExtractDates, AChangeIsTakenOnlyWithoutAPublication) {
  const std::string changed = "<time class=updated datetime=2024-05-02>2 May</time>";
  EXPECT_EQ(published("", "<article>" + changed + story() + "</article>"), "2024-05-02T00:00:00Z");
  EXPECT_EQ(published("", "<article><div class=meta>1 May 2024</div>" + changed + story() + "</article>"),
            "2024-05-01T00:00:00Z");
}

TEST(ExtractDates, ASmallAsideBelongsToTheArticle) {
  EXPECT_EQ(published("", "<aside><dl><dt>Date<dd>12.01.2023</dl></aside><article>" + story() + "</article>"),
            "2023-01-12T00:00:00Z");
}

TEST(ExtractDates, ADatelineBeginsTheText) {
  EXPECT_EQ(published("", "<article><p>29.11.2022 – " + std::string(kFirst) + " " + std::string(kSecond) + "</p>" +
                              story() + "</article>"),
            "2022-11-29T00:00:00Z");
}

TEST(ExtractDates, OfTwoSideBySideTheFirst) {
  EXPECT_EQ(
      published("", "<article><p><time pubdate datetime=2019-06-09>a</time><time pubdate datetime=2019-06-12>b</time>" +
                        story() + "</article>"),
      "2019-06-09T00:00:00Z");
}

TEST(ExtractDates, ASidebarsDateIsBetterThanNone) {
  EXPECT_EQ(published("", "<div class=teaser><p>02.01.2022</p></div><article>" + story() + "</article>"),
            "2022-01-02T00:00:00Z");
}

TEST(ExtractDates, WhatStandsInTheMiddleOfTheTextIsOfSomethingQuoted) {
  std::string between;
  for (int i = 0; i < 60; ++i) between += "<p>x</p>";
  const std::string quoted = paragraph(kFirst) +
                             "<blockquote><p>Posted <time datetime=2018-03-12>12 March</time></p>"
                             "<p>on Mar 13, 2018 at noon</p></blockquote>" +
                             paragraph(kSecond);
  EXPECT_EQ(
      published("", "<div class=publishDate>29 January 2019</div>" + between + "<article>" + quoted + "</article>"),
      "2019-01-29T00:00:00Z");
}

TEST(ExtractDates, ASidebarsDateIsBetterThanASentences) {
  EXPECT_EQ(
      published("", "<div class=sidebar><time datetime=2019-07-13>13 July</time></div><article>" + story() +
                        "<p>8 August 2009: the first bridge over the river was built, and it fell.</p></article>"),
      "2019-07-13T00:00:00Z");
}

TEST(ExtractDates, AMarkFarBehindTheTextIsOfAnotherArticle) {
  std::string between;
  for (int i = 0; i < 60; ++i) between += "<p>x</p>";
  EXPECT_EQ(published("", "<article><time datetime=2019-06-28>28 June</time>" + story() + "</article>" + between +
                              "<p><time pubdate datetime=2019-09-24>24 September</time></p>"),
            "2019-06-28T00:00:00Z");
}

TEST(ExtractDates, TheDescriptionMayHoldTheDate) {
  EXPECT_EQ(published(meta("og:description", "Bears (news of 14 January 2020)"), story()), "2020-01-14T00:00:00Z");
}

TEST(ExtractDates, TheAddressThatThePageStatesCountsToo) {
  EXPECT_EQ(published(meta("og:url", "https://crier.example/2023/06/27/bridge"), story()), "2023-06-27T00:00:00Z");
}

TEST(ExtractDates, ThePicturesAddressIsTheLastResort) {
  EXPECT_EQ(published(meta("og:image", "https://img.example/2023/06/27/a.jpg"), story()), "2023-06-27T00:00:00Z");
}

}  // namespace
}  // namespace pw::extract
