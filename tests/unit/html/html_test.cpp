#include "html/dom/html.hpp"

#include <gtest/gtest.h>
#include <spdlog/fmt/fmt.h>

#include <string>

namespace pw::html {
namespace {

std::string repeat(std::string_view text, std::size_t n) {
  std::string out;
  out.reserve(text.size() * n);
  for (std::size_t i = 0; i < n; ++i) out += text;
  return out;
}

/// The tree as text: element names, with their children in brackets.
std::string shape(const Document& document) {
  std::string out;
  std::vector<NodeIndex> open;
  for (NodeIndex i = 0; i < document.size(); ++i) {
    for (; !open.empty() && document[open.back()].end <= i; open.pop_back()) out += ')';
    if (document[i].is_element()) {
      out += std::string(document.name(i)) + '(';
      open.push_back(i);
    } else {
      out += "'" + std::string(document[i].text) + "'";
    }
  }
  return out + std::string(open.size(), ')');
}

std::string shape(std::string_view html, const HtmlOptions& options = {}) {
  const auto document = parse_html(html, options);
  return document ? shape(*document) : "failed: " + document.error().message;
}

TEST(Html, BuildsAPreorderArray) {
  const auto document = parse_html("<div id=a><p class='x y'>one</p><p>two</p></div>").value();
  EXPECT_EQ(shape(document), "html(head()body(div(p('one')p('two'))))");
  const NodeIndex div = 3;
  EXPECT_EQ(document[div].tag, Tag::div);
  EXPECT_EQ(document.attribute(div, "id"), "a");
  EXPECT_EQ(document[div].first_child, 4U);
  EXPECT_EQ(document[4].next_sibling, 6U);
  EXPECT_EQ(document[6].parent, div);
  EXPECT_EQ(document[div].end, document.size());
  EXPECT_EQ(document[6].next_sibling, kNoNode);
}

TEST(Html, LeavesOutWhatIsNoContent) {
  EXPECT_EQ(shape("<p>a<!-- no --><script>if (a<b) '</p>'</script><style>p{}</style><svg><path/></svg> b"),
            "html(head()body(p('a b')))");
  EXPECT_EQ(shape("<p>a <b>bold</b> and <font color=1>red</font> <span>x</span>"),
            "html(head()body(p('a bold and red x')))");
}

TEST(Html, ShowsDeclarativeShadowTrees) {
  const auto text = [](std::string_view markup) { return shape(*parse_html(markup)); };
  EXPECT_NE(text("<x-y><template shadowrootmode=open><style>p{}</style><p>Seen</template></x-y>").find("'Seen'"),
            std::string::npos);
  EXPECT_NE(text("<x-y><template ShadowRootMode=Closed><p>Seen</template></x-y>").find("'Seen'"), std::string::npos);
  for (const char* hidden : {"<template>", "<template shadowrootmode=none>", "<template shadowrootmode>",
                             "<template><template shadowrootmode=open>"}) {
    EXPECT_EQ(text(std::string("<x-y>") + hidden + "<p>Never</template></template></x-y>").find("Never"),
              std::string::npos)
        << hidden;
  }
}

TEST(Html, KeepsJsonLd) {
  const auto document = parse_html("<script type='application/ld+json'>{\"a\":1}</script><p>x").value();
  ASSERT_EQ(document.json_ld().size(), 1U);
  EXPECT_EQ(document.json_ld()[0], "{\"a\":1}");
}

TEST(Html, KeepsAllForSelectors) {
  HtmlOptions options;
  options.keep_all = true;
  const auto document =
      parse_html("<p data-x=1><b>bold</b></p><form><select><option>1<option>2</select></form>", options).value();
  EXPECT_EQ(shape(document), "html(head()body(p(b('bold'))form(select(option('1')option('2')))))");
  EXPECT_EQ(document.attribute(3, "data-x"), "1");
}

TEST(Html, KeepsForSelectorsWhatShowsNoText) {
  HtmlOptions options;
  options.keep_all = true;
  EXPECT_EQ(shape("<div><noscript><p>x</p></noscript></div>", options), "html(head()body(div(noscript(p('x')))))");
  EXPECT_EQ(shape("<div><noscript><p>x</p></noscript></div>"), "html(head()body(div()))");
  EXPECT_EQ(
      shape("<head><script>a</script><style>b</style></head><p>x<svg><text>y</text></svg></p><iframe><p>z</iframe>",
            options),
      "html(head(script()style())body(p('x'svg(text('y')))iframe()))");
}

TEST(Html, WhatStandsInTheHeadDoesNotBeginTheBody) {
  HtmlOptions options;
  options.keep_all = true;
  EXPECT_EQ(shape("<head><noscript><img src=x></noscript><template></template><meta name=a></head><p>x", options),
            "html(head(meta())body(p('x')))");
}

TEST(Html, KeepsTheBeginningOfInlineDataForSelectors) {
  const std::string html = "<img src='data:image/png;base64," + repeat("A", 10'000) + "'>";
  HtmlOptions options;
  EXPECT_EQ(parse_html(html, options)->attributes(3).size(), 0U);
  options.keep_all = true;
  const auto document = parse_html(html, options).value();
  EXPECT_TRUE(document.attribute(3, "src").starts_with("data:image/png"));
  EXPECT_LE(document.attribute(3, "src").size(), 256U);
}

TEST(Html, DecodesEntitiesOnce) {
  const auto document = parse_html("<p title='a &quot;b&quot;'>&amp;lt; &lt;p&gt; <<!-- -->p>").value();
  EXPECT_EQ(shape(document), "html(head()body(p('&lt; <p> <p>')))");
  EXPECT_EQ(document.attribute(3, "title"), "a \"b\"");
}

TEST(Html, KnowsEveryTagByItsName) {
  for (std::size_t i = 1; i < static_cast<std::size_t>(Tag::count_); ++i) {
    EXPECT_EQ(tag_of(tag_name(static_cast<Tag>(i))), static_cast<Tag>(i)) << tag_name(static_cast<Tag>(i));
  }
  for (const char* const name : {"", "x", "articles", "x-card", "divs", "H1"})
    EXPECT_EQ(tag_of(name), Tag::other) << name;
}

TEST(Html, AnyNumberOfTextsAndAttributesFindTheirElements) {
  constexpr int kMany = 9'000;
  std::string source;
  for (int i = 0; i < kMany; ++i) source += fmt::format("<p id=n{0}>\uE001 text {0}", i);
  const Document page = parse_html(source).value();
  int found = 0;
  for (NodeIndex i = 0; i < page.size(); ++i) {
    if (page[i].tag != Tag::p) continue;
    ASSERT_EQ(page.attribute(i, "id"), fmt::format("n{}", found));
    ASSERT_EQ(page[page[i].first_child].text, fmt::format("\uE001 text {}", found));
    ++found;
  }
  EXPECT_EQ(found, kMany);
  EXPECT_FALSE(page.truncated());
}

TEST(Html, ReadsMalformedMarkup) {
  EXPECT_EQ(shape("<p>a<p>b<div>c</span></div><li>d<li>e"), "html(head()body(p('a')p('b')div('c')li('d')li('e')))");
  EXPECT_EQ(shape("<a href=1>x<a href=2>y</a>"), "html(head()body(a('x')a('y')))");
  EXPECT_EQ(shape("<a href=1>x<b class=c>y</a>z"), "html(head()body(a('x'b('y'))'z'))");
  EXPECT_EQ(shape("<x-box>x<x-line>y</x-box>z"), "html(head()body(x-box('x'x-line('y'))'z'))");
  EXPECT_EQ(shape("<p>x <b"), "html(head()body(p('x ')))");
  EXPECT_EQ(shape("x</body></html><p>y"), "html(head()body('x'p('y')))");
  EXPECT_EQ(shape("<span class=a>t<span>u</span>v</span>w"), "html(head()body(span('tuv')'w'))");
  EXPECT_EQ(shape("<script>no end <p>x</p>"), "html(head()body())") << "a cut-off script is not text";
}

TEST(Html, CapsDepthAndKeepsTheText) {
  const auto document = parse_html(repeat("<div>", 200'000) + "deep").value();
  EXPECT_TRUE(document.truncated());
  EXPECT_LE(document.size(), 520U);
  EXPECT_EQ(document[document.size() - 1].text, "deep");
}

TEST(Html, CapsNodes) {
  const auto document = parse_html(repeat("<p>x", 200'000)).value();
  EXPECT_TRUE(document.truncated());
  EXPECT_LE(document.size(), 130'000U);
}

TEST(Html, SurvivesFormattingAndNestingBombs) {
  for (const bool keep_all : {false, true}) {
    HtmlOptions options;
    options.keep_all = keep_all;
    std::string fonts;
    for (int i = 0; i < 4'000; ++i) fonts += "<p><font color=" + std::to_string(i) + ">x";
    EXPECT_TRUE(parse_html(fonts, options));
    EXPECT_TRUE(parse_html(repeat("<span>", 500'000), options));
    EXPECT_TRUE(parse_html(repeat("<b><div>", 100'000) + repeat("</b>", 100'000), options));
    EXPECT_TRUE(parse_html(repeat("<table><tr><td>", 100'000), options));
    EXPECT_TRUE(parse_html(repeat("<a href=x><svg><!--", 10'000), options));
    EXPECT_TRUE(parse_html(repeat("<div><table></div>", 50'000), options));
  }
}

TEST(Html, CapsAttributes) {
  std::string html = "<p";
  for (int i = 0; i < 10'000; ++i) html += " a" + std::to_string(i) + "=1";
  HtmlOptions options;
  options.keep_all = true;
  const auto document = parse_html(html + ">x", options).value();
  EXPECT_EQ(document.attributes(3).size(), 256U);
}

TEST(Html, RefusesWhatIsTooLarge) {
  HtmlOptions options;
  options.max_input_bytes = 10;
  EXPECT_EQ(parse_html("<p>0123456789", options).error().code, Errc::too_large);
  options = {};
  options.max_memory_bytes = 300 * 1024;
  EXPECT_EQ(parse_html(repeat("<p>x</p>", 20'000), options).error().code, Errc::too_large);
}

TEST(Html, TakesAnyBytes) {
  std::string bytes;
  std::uint32_t state = 1;
  for (int i = 0; i < 200'000; ++i) {
    state = state * 1664525U + 1013904223U;
    bytes += static_cast<char>("<>/ab\"' =!-&;ptd\0\xff"[(state >> 16) % 18]);
  }
  EXPECT_TRUE(parse_html(bytes));
}

}  // namespace
}  // namespace pw::html
