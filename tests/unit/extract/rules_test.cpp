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

std::string text_of(const std::string& body, std::string_view head = "") {
  return extract_article({page(head, body), "https://crier.example/town/bridge", kNow})->text;
}

TEST(ExtractRules, ALinkInALineIsPartOfTheLine) {
  EXPECT_THAT(text_of("<article>" + story() +
                      "<p>The <a class='inline-link' href=/a>second bridge</a> and <em class=promo>the ferry</em> "
                      "stay open, said the mayor.</p></article>"),
              HasSubstr("The second bridge and the ferry stay open"));
}

TEST(ExtractRules, HeadingsFallOnlyToFirmClassWords) {
  const std::string text =
      text_of("<article>" + paragraph(kFirst) + "<h2 class='header-anchor'>What it cost</h2>" + paragraph(kSecond) +
              "<h2 class=newsletter>Our letter</h2>" + paragraph(kThird) + "</article>");
  EXPECT_THAT(text, HasSubstr("\nWhat it cost\n"));
  EXPECT_THAT(text, Not(HasSubstr("Our letter")));
}

TEST(ExtractRules, AListWithALayoutNameStaysAndOneOfLinksDoesNot) {
  const std::string text = text_of(
      "<article>" + paragraph(kFirst) + "<ul class=list><li>Steel</li><li>Stone</li></ul>" + paragraph(kSecond) +
      "<ul class=list><li><a href=/a>One story</a></li><li><a href=/b>Two stories</a></li></ul>" + paragraph(kThird) +
      "</article>");
  EXPECT_THAT(text, HasSubstr("Steel\nStone"));
  EXPECT_THAT(text, Not(HasSubstr("stories")));
}

TEST(ExtractRules, AFooterIsNoTextHoweverLong) {
  EXPECT_EQ(
      text_of("<main>" + paragraph(kFirst) + "</main><footer>" + paragraph(kSecond) + paragraph(kThird) + "</footer>"),
      kFirst);
}

TEST(ExtractRules, ATableSetAsAFigureIsText) {
  EXPECT_THAT(text_of("<article>" + story() +
                      "<figure><table><tr><td>Length</td><td>410 m</td></tr></table><figcaption>The bridge in numbers"
                      "</figcaption></figure></article>"),
              ::testing::EndsWith("Length\n410 m"));
}

TEST(ExtractRules, ABodyInSeveralPiecesIsTakenWhole) {
  const std::string piece = "<div class=article-body>";
  EXPECT_EQ(text_of("<div id=all>" + piece + paragraph(kFirst) + "</div><div class=gap></div>" + piece +
                    paragraph(kSecond) + "</div>" + piece + paragraph(kThird) + "</div></div>"),
            story_text());
}

TEST(ExtractRules, ShortLinesAtTheEndStayWhenTheyAreAList) {
  std::string items;
  for (int i = 0; i < 40; ++i) items += "<li>Winner " + std::to_string(i) + "</li>";
  EXPECT_THAT(text_of("<article><div>" + story() + "</div><ul>" + items + "</ul></article>"),
              ::testing::EndsWith("Winner 38\nWinner 39"));
}

TEST(ExtractRules, CardsThatLeadToOtherSitesAreTheArticles) {
  std::string items;
  for (const char* name : {"harbour", "market", "school"})
    items += "<div><h3><a href='https://" + std::string(name) + ".example/'>Visit the old " + name +
             "</a></h3><p>It lies by the river, and it is open on Sundays.</p></div>";
  EXPECT_THAT(text_of("<article>" + story() + "<div>" + items + "</div></article>"), HasSubstr("Visit the old market"));
}

TEST(ExtractRules, ACopyOfTheTextInOneBlockIsLeftOut) {
  std::string body;
  std::string copy;
  for (int i = 0; i < 30; ++i) {
    const std::string line = std::string(kFirst) + " " + std::to_string(i);
    body += paragraph(line);
    copy += line + " ";
  }
  const std::string once = text_of("<article>" + body + "</article>");
  EXPECT_EQ(text_of("<article>" + body + "<div>" + copy + "</div></article>"), once);
}

TEST(ExtractRules, LinksWithinThePageAreNoLinkList) {
  EXPECT_THAT(text_of("<article>" + paragraph(kFirst) +
                      "<ul><li><a href='#cost'>The cost of it</a><li><a href='#use'>The use of it</a></ul>" +
                      paragraph(kSecond) + paragraph(kThird) + "</article>"),
              HasSubstr("The cost of it\nThe use of it"));
}

TEST(ExtractRules, AHeadingAboveADroppedPartGoesWithIt) {
  EXPECT_THAT(text_of("<article>" + paragraph(kFirst) +
                      "<h2>Stories from the valley</h2><ul><li><a href=/a>One harbour story</a><li><a href=/b>Two "
                      "harbour stories</a></ul><h2>What it cost</h2>" +
                      paragraph(kSecond) + paragraph(kThird) + "</article>"),
              Not(HasSubstr("valley")));
}

TEST(ExtractRules, ARuleCanBeSwitchedOff) {
  const std::string html = page("", "<article>" + story() + "<aside><p>An aside, with a comma, and text.</p></aside>");
  const auto off = read_rules("element appeal");
  ASSERT_TRUE(off);
  EXPECT_THAT(extract_article({html, "", kNow, nullptr, *off})->text, HasSubstr("An aside"));
  EXPECT_THAT(extract_article({html, "", kNow})->text, Not(HasSubstr("An aside")));
  EXPECT_EQ(read_rules("no-such-rule").error().code, Errc::invalid);
  EXPECT_EQ(read_rules("").value(), 0U);
}

TEST(ExtractRules, AShortTextThatBreaksOffOrStandsBeforeAPaywallIsPartial) {
  const auto partial = [](const std::string& body) {
    return extract_article({page("", body), "https://crier.example/a", kNow})->partial;
  };
  EXPECT_TRUE(partial("<article>" + paragraph(kFirst) + "<p>The mayor, who had promised it in his first speech …</p>"));
  EXPECT_TRUE(partial("<article>" + paragraph(kFirst) + "</article><div class='paywall-box'>Pay to read on</div>"));
  EXPECT_FALSE(partial("<article>" + story() + "</article>"));
}

}  // namespace
}  // namespace pw::extract
