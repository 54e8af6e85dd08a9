#include "extract/extract.hpp"
#include "pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::extract {
namespace {

using namespace test;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr Time kNow = from_ms(1'715'000'000'000);

Article extract(const std::string& html) {
  return extract_article({html, "https://crier.example/town/bridge", kNow}).value();
}

TEST(ExtractText, TakesTheArticleAndNothingElse) {
  const Article article = extract(page(
      "",
      "<header><nav><ul><li><a href=/a>Israel</a><li><a href=/b>Iran</a></ul></nav></header><main><article>"
      "<h1>Bridge opens after long delay</h1><p class=byline>By Ann Lee, 3 May 2024</p><div class=share><a href=#>"
      "Share this</a></div><div class=entry-content>" +
          story() +
          "</div></article></main>"
          "<aside><p>Another story about a harbour, which is quite long, and which nobody asked for.</p></aside>"
          "<section id=comments><p>I never believed in that bridge, and I still do not, said a reader.</p></section>"
          "<footer><p>Copyright by the Crier, all rights reserved, since the year 1900.</p></footer>"));
  EXPECT_EQ(article.text, story_text());
  EXPECT_EQ(article.method, "body-class");
  EXPECT_FALSE(article.partial);
}

TEST(ExtractText, LeavesOutAppealsAndTeasersInsideTheBody) {
  const Article article = extract(
      page("", "<article>" + paragraph(kFirst) + "<p>Read more: <a href=/x>Why the harbour closed</a></p>" +
                   paragraph(kSecond) + paragraph(kThird) + "<p>Subscribe to our newsletter and support our work.</p>" +
                   "<h3>Related stories</h3><ul><li><a href=/1>One harbour story</a><li><a href=/2>Two "
                   "harbours</a></ul></article>"));
  EXPECT_EQ(article.text, story_text());
}

TEST(ExtractText, KeepsHeadingsListsAndQuotes) {
  const Article article =
      extract(page("", "<article>" + paragraph(kFirst) + "<h2>What it cost</h2>" + paragraph(kSecond) +
                           "<ul><li>Steel for nine million</li><li>Work for four million</li></ul><blockquote>" +
                           paragraph(kThird) + "</blockquote><h2>More from the town</h2></article>"));
  EXPECT_THAT(article.text, HasSubstr("\nWhat it cost\n"));
  EXPECT_THAT(article.text, HasSubstr("\nSteel for nine million\nWork for four million\n"));
  EXPECT_THAT(article.text, Not(HasSubstr("More from")));
}

TEST(ExtractText, AClassWordThatHoldsTheWholeTextMeansSomethingElse) {
  std::string body;
  for (const auto text : {kFirst, kSecond, kThird}) body += "<div class='social-text'>" + paragraph(text) + "</div>";
  EXPECT_EQ(extract(page("", "<div>" + body + "</div>")).text, story_text());
}

TEST(ExtractText, LeavesOutHiddenTextAndCaptions) {
  const Article article = extract(page(
      "", "<article>" + paragraph(kFirst) +
              "<figure><img src=a><figcaption>The bridge, seen from the west, at dawn."
              "</figcaption></figure>" +
              paragraph(kSecond) + "<p style='display: none'>A hidden sentence, which nobody sees, stands here.</p>" +
              paragraph(kThird) + "</article>"));
  EXPECT_EQ(article.text, story_text());
}

TEST(ExtractText, LeavesOutCardsOfOtherPages) {
  std::string cards;
  for (const char* name : {"harbour", "market", "school"})
    cards += "<div><h3><a href='/" + std::string(name) + "'>What happened at the " + name +
             "</a></h3><p>A long summary of it, with a comma, so that it looks like text.</p></div>";
  EXPECT_EQ(extract(page("", "<main>" + story() + "<div>" + cards + "</div></main>")).text, story_text());
}

TEST(ExtractText, ReadsUnspacedScripts) {
  const std::string one = "市政府周五宣布新桥正式通车，比原计划晚了两年，车辆随即驶过大桥。";
  const std::string two = "工程师表示，每年春天都会泛滥的河流推迟了工程，但是大桥是安全的。";
  const Article article = extract("<html><body><div class=nav><a href=/>首页</a></div><div id=x>" + paragraph(one) +
                                  paragraph(two) + "</div>");
  EXPECT_EQ(article.text, one + '\n' + two);
  EXPECT_EQ(article.language, "zh");
}

TEST(ExtractText, TakesTheLinkedDataBodyWhenThePageShowsLess) {
  std::string longer;
  for (int i = 0; i < 6; ++i)
    longer += "Sentence number " + std::to_string(i) + " of the full text, which is hidden from readers. ";
  const Article article =
      extract(page("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\"" + longer +
                       longer + "\"}</script>",
                   paragraph(kFirst)));
  EXPECT_EQ(article.method, "json-ld");
  EXPECT_THAT(article.text, HasSubstr("number 5"));
}

TEST(ExtractText, ReadsWhatStandsThereForReadersWithoutScripts) {
  const std::string hidden = "<div><noscript>" + story() + "</noscript></div>";
  EXPECT_EQ(extract(page("", "<article>" + hidden + "</article>")).text, story_text());
  EXPECT_EQ(extract(page("", "<article>" + story() + "</article>" + hidden)).text, story_text());
  EXPECT_EQ(extract(page("<noscript>" + story() + "</noscript>", "<noscript><p>Turn it on.</p></noscript>")).text, "");
}

TEST(ExtractText, MarksATeaser) {
  const Article article = extract(
      page("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":false}</script>",
           "<article>" + paragraph(kFirst) + "</article>"));
  EXPECT_TRUE(article.partial);
  EXPECT_TRUE(extract("<html><body></body></html>").partial);
}

TEST(ExtractText, ExplainsEveryBlock) {
  const std::string html = page("", "<nav><a href=/>Home</a></nav><article>" + story() + "</article>");
  const std::string explained = explain_page({html, "", kNow}).value();
  EXPECT_THAT(explained, HasSubstr("+ kept"));
  EXPECT_THAT(explained, HasSubstr("- element:nav 4/4 <nav> Home"));
}

TEST(ExtractText, SurvivesHostilePages) {
  std::string html;
  for (int i = 0; i < 100'000; ++i) html += "<div class='ad'>";
  EXPECT_TRUE(extract_article({html, "", kNow}));
  html.clear();
  for (int i = 0; i < 100'000; ++i) html += "<p>A sentence, with a comma, number " + std::to_string(i) + " of many.";
  EXPECT_TRUE(extract_article({html, "", kNow}));
  EXPECT_TRUE(extract_article({"<script type='application/ld+json'>" + std::string(100'000, '['), "", kNow}));
}

}  // namespace
}  // namespace pw::extract
