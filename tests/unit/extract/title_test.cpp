#include "extract/extract.hpp"
#include "extract/fields/site_name.hpp"
#include "pages.hpp"

#include <gtest/gtest.h>

namespace pw::extract {
namespace {

using namespace test;

struct Head {
  std::string title;
  std::string social;
  std::string linked;
  std::string linked_type = "NewsArticle";
};

std::string title_of(const Head& head, const std::string& body,
                     std::string_view url = "https://www.crier.example/a/1") {
  std::string html;
  if (!head.title.empty()) html += "<title>" + head.title + "</title>";
  if (!head.social.empty()) html += "<meta property=\"og:title\" content=\"" + head.social + "\">";
  if (!head.linked.empty())
    html += "<script type=\"application/ld+json\">{\"@type\":\"" + head.linked_type + "\",\"headline\":\"" +
            head.linked + "\"}</script>";
  return extract_article({page(html, body + story()), url, from_ms(1'715'000'000'000)}).value().title;
}

TEST(ExtractTitle, TakesTheHeadlineThatMetadataRepeats) {
  EXPECT_EQ(title_of({"Town bridge opens | The Crier", "Town bridge opens", ""},
                     "<h1>Crier weekly</h1><h1>Town Bridge Opens</h1>"),
            "Town Bridge Opens");
}

TEST(ExtractTitle, TakesTheBareHeadlineOfTwo) {
  EXPECT_EQ(title_of({"", "Mayor opens the bridge", ""}, "<h1>Traffic: Mayor opens the bridge</h1>"),
            "Mayor opens the bridge");
  EXPECT_EQ(title_of({"", "Mayor opens the bridge - all you must know", ""}, "<h1>Mayor opens the bridge</h1>"),
            "Mayor opens the bridge");
  EXPECT_EQ(title_of({"", "Mayor opens the bridge …", ""}, "<h1>Mayor opens the bridge … at last</h1>"),
            "Mayor opens the bridge … at last");
}

TEST(ExtractTitle, FollowsNewsMetadataThatAgrees) {
  const Head head{"", "Old town: Mayor opens the bridge", "Old town: Mayor opens the bridge"};
  EXPECT_EQ(title_of(head, "<h1>Mayor opens the bridge</h1>"), head.social);
}

TEST(ExtractTitle, PrefersTheVisibleHeadlineToOneForSearchEngines) {
  const Head head{"Bridge town opening: top ten facts", "Bridge town opening: top ten facts", ""};
  EXPECT_EQ(title_of(head, "<h1>Ten facts about the opening of our bridge</h1>"),
            "Ten facts about the opening of our bridge");
  EXPECT_EQ(title_of({"", "How the river was crossed", "Mayor opens the bridge"}, "<h1>Mayor opens the bridge</h1>"),
            "Mayor opens the bridge");
}

TEST(ExtractTitle, LetsTheAddressDecideBetweenHeadlines) {
  const Head head{"Mayor under fire: what he said now", "Mayor under fire: what he said now",
                  "Council debates the price of the bridge"};
  const std::string h1 = "<h1>Mayor under fire: what he said now</h1>";
  EXPECT_EQ(title_of(head, h1, "https://crier.example/council-debates-the-price-of-the-bridge-123.html"), head.linked);
  EXPECT_EQ(title_of(head, h1, "https://crier.example/mayor-under-fire-what-he-said-now"), head.social);
  EXPECT_EQ(title_of(head, h1, "https://crier.example/123"), head.social);
}

TEST(ExtractTitle, LosesTheSiteAndTheSection) {
  EXPECT_EQ(title_of({"Bridge opens after delay – Economic Research Service", "", ""}, "", "https://ers.gov.example/b"),
            "Bridge opens after delay");
  EXPECT_EQ(title_of({"Bridge opens after delay - The Crier", "", ""}, ""), "Bridge opens after delay");
  const std::string section = "<meta property=\"article:section\" content=\"Our town\">";
  EXPECT_EQ(extract_article({page(section + "<title>Bridge opens after delay - Our Town</title>", story()),
                             "https://crier.example/1", from_ms(1'715'000'000'000)})
                .value()
                .title,
            "Bridge opens after delay");
}

TEST(ExtractTitle, AHeadlineThatLinksToTheFrontPageIsTheSite) {
  EXPECT_EQ(title_of({"Bridge opens after delay » Ann's notes", "", ""}, "<h1><a href=\"/\">Ann's notes</a></h1>"),
            "Bridge opens after delay");
}

TEST(ExtractTitle, UnderstandsMetadataThatWasEscapedTwice) {
  EXPECT_EQ(title_of({"", "Bridge &amp;#038; road: the town&amp;#39;s plan", ""}, ""),
            "Bridge & road: the town's plan");
}

TEST(ExtractTitle, DistrustsAnAttributeThatEndsAtAQuotationMark) {
  EXPECT_EQ(title_of({"Mayor calls the bridge \"a miracle\" | Crier", "Mayor calls the bridge", ""},
                     "<h1>Mayor calls the bridge \"a miracle\"</h1>"),
            "Mayor calls the bridge \"a miracle\"");
}

TEST(ExtractTitle, TakesTheSpellingWithThePartsJoined) {
  EXPECT_EQ(title_of({"", "Old town: Mayor opens the bridge", ""},
                     "<h1><span class=kicker>Old town</span><span class=head>Mayor opens the bridge</span></h1>"),
            "Old town: Mayor opens the bridge");
}

TEST(ExtractTitle, AShortHeadingAloneIsNoHeadline) {
  EXPECT_EQ(title_of({"The town opens its bridge", "", ""}, "<h1>Lorem</h1>"), "The town opens its bridge");
}

TEST(ExtractTitle, ComparesLetters) {
  EXPECT_EQ(letters_of("It’s “Åsa’s” – 2 Days…"), letters_of("it's \"åsa's\" - 2 days"));
  EXPECT_EQ(letters_of("東京、大阪"), "東京大阪");
}

}  // namespace
}  // namespace pw::extract
