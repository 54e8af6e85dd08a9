#include "html/css/selector.hpp"

#include "tiny_markup.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::html {
namespace {

/// The ids of all matches, joined by spaces.
std::string ids(const Document& page, std::string_view css, NodeIndex root = 0) {
  const auto selector = Selector::compile(css);
  if (!selector) return selector.error().message;
  std::string out;
  for (const NodeIndex element : selector->select(page, root)) {
    out += (out.empty() ? "" : " ") + std::string(page.attribute(element, "id"));
  }
  return out;
}

constexpr std::string_view kListing =
    "<html id=\"html\"><body id=\"body\">"
    "<ul id=\"list\" class=\"news  top\"><li id=\"a\" class=\"x\"><a id=\"a1\" href=\"/one\">One</a></li>"
    "<li id=\"b\" lang=\"de-AT\"></li><li id=\"c\" class=\"x y\"><a id=\"c1\" href=\"/two.html\"/></li>"
    "<li id=\"d\"><p id=\"d1\"/><p id=\"d2\" data-kind=\"Lead Story\"/><b id=\"d3\"/></li></ul>"
    "<p id=\"p\" lang=\"en\"> </p></body></html>";

class Listing : public testing::Test {
 protected:
  Document page_ = tiny_document(kListing);
  [[nodiscard]] std::string found(std::string_view css) const { return ids(page_, css); }
};

TEST_F(Listing, SelectsInDocumentOrderAndOnce) {
  EXPECT_EQ(found(".y, ul > .x, li.x"), "a c");
  EXPECT_EQ(found("*|li, |p"), "a b c d d1 d2 p");
  EXPECT_EQ(found("LI.x"), "a c");
  EXPECT_EQ(found("li.X"), "");
  EXPECT_EQ(found(".news.top"), "list");
}

TEST_F(Listing, CombinatorsTryEveryWayBack) {
  EXPECT_EQ(found("body li a"), "a1 c1");
  EXPECT_EQ(found("body > li"), "");
  EXPECT_EQ(found("li + li"), "b c d");
  EXPECT_EQ(found(".x ~ li"), "b c d");
  EXPECT_EQ(found("#a ~ .x + li > p"), "d1 d2");
  EXPECT_EQ(found("ul>li/* near */+li"), "b c d");
  EXPECT_EQ(found("li/* no space */#b"), "b");
}

TEST_F(Listing, Attributes) {
  EXPECT_EQ(found("[href]"), "a1 c1");
  EXPECT_EQ(found("a[href='/one']"), "a1");
  EXPECT_EQ(found("[href$=\".html\"]"), "c1");
  EXPECT_EQ(found("[href^='/t'], [href*=ne]"), "a1 c1");
  EXPECT_EQ(found("[class~=top]"), "list");
  EXPECT_EQ(found("[lang|=de]"), "b");
  EXPECT_EQ(found("[lang=EN]"), "p");
  EXPECT_EQ(found("[data-kind='lead story']"), "");
  EXPECT_EQ(found("[data-kind='lead story' i]"), "d2");
  EXPECT_EQ(found("[lang='EN' s]"), "");
  EXPECT_EQ(found("[href^=''], [href$=''], [href*=''], [class~='']"), "");
}

TEST_F(Listing, Places) {
  EXPECT_EQ(found("li:nth-child(2n+1)"), "a c");
  EXPECT_EQ(found("li:nth-child( -n + 2 )"), "a b");
  EXPECT_EQ(found("li:nth-child(EVEN)"), "b d");
  EXPECT_EQ(found("li:nth-last-child(1)"), "d");
  EXPECT_EQ(found("li:nth-child(2 of .x)"), "c");
  EXPECT_EQ(found("li:nth-last-child(1 of .x)"), "c");
  EXPECT_EQ(found("p:nth-of-type(2)"), "d2");
  EXPECT_EQ(found("li > :last-of-type"), "a1 c1 d2 d3");
  EXPECT_EQ(found("li > :only-child"), "a1 c1");
  EXPECT_EQ(found("li > :only-of-type"), "a1 c1 d3");
  EXPECT_EQ(found("li:nth-child(0)"), "");
  EXPECT_EQ(found("li:nth-child(99999999999n+1)"), "a");
}

TEST_F(Listing, TextIsNoElement) {
  const Document page = tiny_document("one<p id=\"p\">two<b id=\"b\"/>three<i id=\"i\"/></p>four");
  EXPECT_EQ(ids(page, "*"), "p b i");
  EXPECT_EQ(ids(page, ":first-child"), "p b");
  EXPECT_EQ(ids(page, "b + i, p:last-child"), "p i");
  EXPECT_EQ(ids(page, ":has(*)"), "p");
}

TEST_F(Listing, Logic) {
  EXPECT_EQ(found("li:not(.x, :lang(de))"), "d");
  EXPECT_EQ(found(":is(li, ul).x"), "a c");
  EXPECT_EQ(found(":where(li):is()"), "");
  EXPECT_EQ(found("li:has(> a)"), "a c");
  EXPECT_EQ(found("li:has(+ .x)"), "b");
  EXPECT_EQ(found("li:has(~ .y)"), "a b");
  EXPECT_EQ(found(":has(p + p + b)"), "html body list d");
  EXPECT_EQ(found("li:not(:has(*))"), "b");
}

TEST_F(Listing, StatesThatMarkupShows) {
  EXPECT_EQ(found(":root"), "html");
  EXPECT_EQ(found(":link"), "a1 c1");
  EXPECT_EQ(found("a:hover"), "");
  EXPECT_EQ(found("li:empty, p:empty"), "b d1 d2");
  EXPECT_EQ(found(":lang('*-AT')"), "b");
}

TEST_F(Listing, BelowARootThatIsTheScope) {
  const auto list = Selector::compile("#list")->select(page_).front();
  EXPECT_EQ(ids(page_, ":scope > li > a", list), "a1 c1");
  EXPECT_EQ(ids(page_, "body a", list), "a1 c1");
  EXPECT_EQ(ids(page_, "p", list), "d1 d2");
  EXPECT_EQ(ids(page_, ":scope", list), "");
  EXPECT_EQ(ids(page_, "*", page_.size()), "");
}

TEST(Selector, FormStatesComeFromFieldsetsToo) {
  const Document page = tiny_document(
      "<form><fieldset id=\"f\" disabled><legend><input id=\"free\"/></legend><legend><input id=\"late\"/></legend>"
      "<input id=\"in\" required/></fieldset><select id=\"s\"><optgroup id=\"g\" disabled><option id=\"o\" selected/>"
      "</optgroup></select><input id=\"box\" type=\"CheckBox\" checked/></form>");
  EXPECT_EQ(ids(page, ":disabled"), "f late in g o");
  EXPECT_EQ(ids(page, "input:enabled"), "free box");
  EXPECT_EQ(ids(page, ":checked"), "o box");
  EXPECT_EQ(ids(page, ":required"), "in");
  EXPECT_EQ(ids(page, "[type=checkbox]"), "box");
}

TEST(Selector, EscapesStandForTheirCharacters) {
  const Document page = tiny_document("<p id=\"1\" class=\"a:b\"/><p id=\"é\" class=\"z\"/>");
  EXPECT_EQ(ids(page, "#\\31"), "1");
  EXPECT_EQ(ids(page, ".a\\:b"), "1");
  EXPECT_EQ(ids(page, ".a\\3a b"), "1");
  EXPECT_EQ(ids(page, "#é, #\\E9"), "é");
  EXPECT_EQ(ids(page, "[id='\\0000311']"), "");
  EXPECT_EQ(ids(tiny_document("<p id=\"r\" class=\"a\uFFFD\"/>"), ".a\\"), "r");
  EXPECT_EQ(ids(tiny_document("<p id=\"r\" class=\"a\uFFFD\"/>"), std::string_view(".a\0", 3)), "r");
}

TEST(Selector, RefusesMistakesWithACaret) {
  for (const char* css : {"",
                          "div >",
                          "> a",
                          "a,,b",
                          "a,",
                          "[a=b",
                          "[a=]",
                          "[=b]",
                          "[a='b]",
                          ":is(> a)",
                          ":not()",
                          ":nosuch",
                          ":nosuch(a)",
                          ".5",
                          "#",
                          "a::before",
                          ":nth-child()",
                          ":nth-child(n 1)",
                          ":nth-child(+ n)",
                          ":nth-of-type(2 of a)",
                          "svg|a",
                          "a)",
                          "a /* b",
                          "a\\\n",
                          "-\\\n"}) {
    const auto result = Selector::compile(css);
    ASSERT_FALSE(result) << css;
    EXPECT_EQ(result.error().code, Errc::invalid) << css;
    EXPECT_THAT(result.error().message, testing::EndsWith("^")) << css;
  }
  EXPECT_THAT(Selector::compile("a > :nope").error().message, testing::EndsWith("\na > :nope\n    ^"));
}

TEST(Selector, RefusesWhatIsTooLongOrTooDeep) {
  EXPECT_EQ(Selector::compile(std::string(5'000, 'a')).error().code, Errc::too_large);
  std::string deep = "a";
  for (int i = 0; i < 40; ++i) deep = ":not(" + deep + ")";
  EXPECT_FALSE(Selector::compile(deep));
}

TEST(Selector, WhatIsGivenUpIsNoMatch) {
  std::string markup;
  for (int i = 0; i < 400; ++i) markup += "<div class=\"" + std::string(3, 'w') + "\">";
  for (int i = 0; i < 400; ++i) markup += "</div>";
  const Document page = tiny_document(markup);
  const auto hopeless = Selector::compile(":not(.w .www .www .www .www .www .www .www .www .www .www .www)");
  ASSERT_TRUE(hopeless);
  EXPECT_LT(hopeless->select(page).size(), 400U);
}

}  // namespace
}  // namespace pw::html
