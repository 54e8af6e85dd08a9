#include "extract/extract.hpp"
#include "pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::extract {
namespace {

using namespace test;
using ::testing::ElementsAre;

constexpr Time kNow = from_ms(1'715'000'000'000);

Article extract(const std::string& html, const Overrides& overrides) {
  return extract_article({html, "https://crier.example/town/bridge", kNow, &overrides}).value();
}

Overrides body(std::string css) {
  Overrides out;
  out.text = std::move(css);
  return out;
}

TEST(ExtractOverrides, NameEveryField) {
  Overrides overrides = body("b.story");
  overrides.title = "#head";
  overrides.author = ".who";
  overrides.date = "[data-day]";
  overrides.drop = {".note"};
  const Article article = extract(
      page("", "<div id=head>A headline</div><i class=who>By Ann Lee and Bo Ray</i><i data-day=1>3 May 2024</i>" +
                   paragraph(kFirst) + "<b class=story>Only <u class=note>not</u> this.</b>"),
      overrides);
  EXPECT_EQ(article.text, "Only this.");
  EXPECT_EQ(article.title, "A headline");
  EXPECT_THAT(article.authors, ElementsAre("Ann Lee", "Bo Ray"));
  ASSERT_TRUE(article.published);
  EXPECT_EQ(to_iso8601(article.published->time).substr(0, 10), "2024-05-03");
  EXPECT_EQ(article.method, "source-selector");
}

TEST(ExtractOverrides, ReadWhatAnElementWithoutTextStates) {
  Overrides overrides;
  overrides.title = "meta[name=headline]";
  overrides.author = "meta[name=writer]";
  overrides.date = "meta[name=day]";
  const Article article = extract(page("<meta name=headline content='Bridge opens'><meta name=writer content='Ann Lee'>"
                                       "<meta name=day content='2024-05-03'>",
                                       story()),
                                  overrides);
  EXPECT_EQ(article.title, "Bridge opens");
  EXPECT_THAT(article.authors, ElementsAre("Ann Lee"));
  EXPECT_EQ(to_iso8601(article.published->time).substr(0, 10), "2024-05-03");
  EXPECT_EQ(article.text, story_text()) << "without a selector of its own the general rules find the text";
}

TEST(ExtractOverrides, MissNothingThatStandsInThePage) {
  const std::string text = paragraph(kFirst) + paragraph(kSecond);
  const std::string lines = std::string(kFirst) + '\n' + std::string(kSecond);
  for (const std::string tag : {"noscript", "template", "select", "textarea", "svg", "canvas", "video"})
    EXPECT_EQ(
        extract(page("", story() + "<" + tag + "><div class=whole>" + text + "</div></" + tag + ">"), body(".whole"))
            .text,
        lines)
        << tag;
  std::string many = "<div";
  for (int i = 0; i < 100; ++i) many += " data-a" + std::to_string(i) + "=1";
  EXPECT_EQ(extract(page("", story() + many + " data-last=yes>" + text + "</div>"), body("[data-last=yes]")).text,
            lines);
  std::string deep;
  for (int i = 0; i < 400; ++i) deep += "<div>";
  EXPECT_EQ(extract(page("", story() + deep + "<i class=whole>" + text), body("i.whole")).text, lines);
}

TEST(ExtractOverrides, PlacesAmongSiblingsCountScriptsAndStyles) {
  const std::string html =
      page("", "<div><script>x</script><style>y</style><iframe src=z></iframe><p>One.</p><p>Two.</p></div>");
  EXPECT_EQ(extract(html, body("div > :nth-child(5)")).text, "Two.");
  EXPECT_EQ(extract(html, body("iframe + p")).text, "One.");
}

TEST(ExtractOverrides, WhatShowsNoTextIsNoText) {
  EXPECT_EQ(extract(page("",
                         "<article><p>The bridge <svg><title>icon</title></svg>is open.</p><noscript><p>Turn it on."
                         "</p></noscript><select><option>Choose</select><p>It is wide.</p></article>"),
                    body("article"))
                .text,
            "The bridge is open.\nIt is wide.");
}

TEST(ExtractOverrides, AMatchInsideAMatchIsTakenOnce) {
  EXPECT_EQ(extract(page("", "<div class=part>One.<div class=part>Two.</div></div><div class=part>Three.</div>"),
                    body(".part"))
                .text,
            "One.\nTwo.\nThree.");
}

TEST(ExtractOverrides, WhatIsDroppedIsDroppedFromTheGeneralTextToo) {
  Overrides overrides;
  overrides.drop = {"p:nth-of-type(2)"};
  EXPECT_EQ(extract(page("", "<article>" + story() + "</article>"), overrides).text,
            std::string(kFirst) + '\n' + std::string(kThird));
}

TEST(ExtractOverrides, AWrongSelectorIsAnError) {
  Overrides overrides;
  overrides.drop = {"p["};
  const std::string html = page("", story());
  EXPECT_EQ(extract_article({html, "", kNow, &overrides}).error().code, Errc::invalid);
}

}  // namespace
}  // namespace pw::extract
