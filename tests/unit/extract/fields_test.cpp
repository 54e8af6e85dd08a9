#include "extract/fields/fields.hpp"

#include "extract/extract.hpp"
#include "html/dom/html.hpp"
#include "pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::extract {
namespace {

using namespace test;
using ::testing::ElementsAre;

constexpr Time kNow = from_ms(1'715'000'000'000);

Article extract(const std::string& html, std::string_view url = "https://www.crier.example/town/bridge") {
  return extract_article({html, url, kNow}).value();
}

TEST(ExtractFields, ReadsLinkedData) {
  const Article article = extract(page(
      R"(<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"x"},{"@type":["NewsArticle"],
      "headline":"Bridge opens","author":[{"@type":"Person","name":"Ann Lee"},"Bo Ray"],"datePublished":"2024-05-03T10:00:00+02:00",
      "dateModified":"2024-05-04","articleSection":["Town","News"],"image":{"url":"/b.jpg"},"publisher":{"name":"The Crier"}}]}</script>)",
      story()));
  EXPECT_EQ(article.title, "Bridge opens");
  EXPECT_THAT(article.authors, ElementsAre("Ann Lee", "Bo Ray"));
  ASSERT_TRUE(article.published);
  EXPECT_EQ(to_iso8601(article.published->time), "2024-05-03T08:00:00Z");
  ASSERT_TRUE(article.modified);
  EXPECT_EQ(article.section, "Town");
  EXPECT_EQ(article.image, "https://www.crier.example/b.jpg");
  EXPECT_EQ(article.site, "The Crier");
}

TEST(ExtractFields, ReadsMetaElements) {
  const Article article = extract(page(
      "<meta property=og:title content='Bridge opens | The Crier'><meta property=og:site_name content='The Crier'>"
      "<meta name=author content='By Ann Lee'><meta property=article:published_time content='2024-05-03T10:00:00Z'>"
      "<meta property=article:section content=Town><meta property=og:image content='https://img.example/1.jpg'>"
      "<link rel=canonical href='/town/bridge-opens'>",
      story()));
  EXPECT_EQ(article.title, "Bridge opens");
  EXPECT_THAT(article.authors, ElementsAre("Ann Lee"));
  EXPECT_EQ(article.canonical_url, "https://www.crier.example/town/bridge-opens");
  EXPECT_EQ(article.section, "Town");
  EXPECT_EQ(article.image, "https://img.example/1.jpg");
  EXPECT_EQ(article.language, "en");
}

TEST(ExtractFields, TakesTheSiteOffTheTitle) {
  EXPECT_EQ(extract(page("<title>Bridge opens after delay - Crier</title>", story())).title,
            "Bridge opens after delay");
  EXPECT_EQ(
      extract(page("<title>Bridge - opens after delay</title>", "<h1>Bridge - opens after delay</h1>" + story())).title,
      "Bridge - opens after delay");
}

TEST(ExtractFields, ReadsVisibleBylineAndDate) {
  const Article article = extract(page(
      "", "<div class=byline>By <a rel=author href=/ann>Ann Lee</a></div><time datetime=2024-05-02>yesterday</time>" +
              story()));
  EXPECT_THAT(article.authors, ElementsAre("Ann Lee"));
  ASSERT_TRUE(article.published);
  EXPECT_EQ(to_iso8601(article.published->time), "2024-05-02T00:00:00Z");
}

TEST(ExtractFields, TakesTheDateFromTheAddress) {
  const Article article = extract(page("", story()), "https://crier.example/2024/04/30/bridge");
  ASSERT_TRUE(article.published);
  EXPECT_EQ(to_iso8601(article.published->time), "2024-04-30T00:00:00Z");
}

TEST(ExtractFields, IgnoresDatesFromTheFuture) {
  EXPECT_FALSE(extract(page("<meta property=article:published_time content='2031-01-01'>", story())).published);
}

TEST(ExtractFields, TheFrontPageIsNoCanonicalAddress) {
  EXPECT_EQ(extract(page("<link rel=canonical href='/'>", story())).canonical_url, "");
}

TEST(ExtractFields, TheLeadImageIsTheOneForPreviews) {
  const std::string linked =
      R"(<script type="application/ld+json">{"@type":"NewsArticle","image":["/l.jpg"]}</script>)";
  EXPECT_EQ(
      extract(page("<meta name=twitter:image content=/t.jpg><meta property=og:image content=/o.jpg>" + linked, story()))
          .image,
      "https://www.crier.example/o.jpg");
  EXPECT_EQ(extract(page("<meta name=twitter:image content=/t.jpg>" + linked, story())).image,
            "https://www.crier.example/t.jpg");
  EXPECT_EQ(extract(page(linked, story())).image, "https://www.crier.example/l.jpg");
  EXPECT_EQ(extract(page("<meta property=og:image content='javascript:x'>", story())).image, "");
}

TEST(ExtractFields, ASectionIsAName) {
  const auto section = [](const std::string& name) {
    return extract(page("<meta property=article:section content='" + name + "'>", story())).section;
  };
  EXPECT_EQ(section(" World &amp; Politics "), "World & Politics");
  EXPECT_EQ(section(std::string(200, 'x')), "");
}

TEST(ExtractFields, TheLanguageIsDeclaredOrWhatTheTextIsIn) {
  const std::string german = paragraph(
      "Der B\u00fcrgermeister hat die Br\u00fccke am Freitag mit einem Band er\u00f6ffnet, und er ist zu Fu\u00df auf "
      "die andere "
      "Seite gegangen, wie er es den Leuten in der Stadt versprochen hatte.");
  const auto language = [&](const std::string& head, const std::string& text) {
    return extract("<html><head>" + head + "</head><body>" + text).language;
  };
  const std::string portuguese = paragraph(
      "A prefeitura inaugurou a ponte na sexta-feira, dois anos depois do previsto, e os moradores atravessaram o rio "
      "a "
      "p\u00e9 ao lado do prefeito.");
  EXPECT_EQ(language("<meta property=og:locale content=pt_BR>", portuguese), "pt");
  EXPECT_EQ(language("<meta property=og:locale content=pt_BR>", story()), "en") << "the text is English";
  EXPECT_EQ(
      language(R"(<script type="application/ld+json">{"@type":"Article","inLanguage":"nl-NL"}</script>)", "<p>Nee."),
      "nl");
  EXPECT_EQ(language("", german), "de");
  EXPECT_EQ(extract("<html lang=en-US><body>" + german).language, "de") << "a template's language";
}

TEST(ExtractFields, FindsFeedLinks) {
  const auto document = html::parse_html(
                            "<link rel=alternate type='application/rss+xml' title=News href=/feed>"
                            "<link rel='ALTERNATE home' type='application/atom+xml; charset=utf-8' href=atom.xml>"
                            "<link rel=alternate type='application/rss+xml' href=/feed>"
                            "<link rel=alternate hreflang=de href=/de>")
                            .value();
  const auto links = find_feed_links(document, "https://crier.example/a/b");
  ASSERT_EQ(links.size(), 2U);
  EXPECT_EQ(links[0].url, "https://crier.example/feed");
  EXPECT_EQ(links[0].title, "News");
  EXPECT_EQ(links[1].url, "https://crier.example/a/atom.xml");
  EXPECT_EQ(links[1].type, "application/atom+xml");
}

TEST(BaseUrl, RelativeAddressesStartFromTheFirstBase) {
  for (const auto& [base, start] : std::initializer_list<std::pair<std::string, std::string>>{
           {"", "https://crier.example/a/b/"},
           {"<base href='https://herald.example/'>", "https://herald.example/"},
           {"<base href='//herald.example/x/'>", "https://herald.example/x/"},
           {"<base href='/'>", "https://crier.example/"},
           {"<base href='c/d'>", "https://crier.example/a/b/c/"},
           {"<base target=_top><base href='/1/'><base href='/2/'>", "https://crier.example/1/"},
           {"<base href='javascript:x'>", "https://crier.example/a/b/"}}) {
    const std::string head = base +
                             "<link rel=canonical href='n/1.html'><meta property=og:image content='i.jpg'>"
                             "<link rel=alternate type='application/rss+xml' href='feed.xml'>";
    const std::string html = page(head, story());
    const auto article = extract_article({html, "https://crier.example/a/b/c.html", kNow});
    ASSERT_TRUE(article);
    EXPECT_EQ(article->canonical_url, start + "n/1.html") << base;
    EXPECT_EQ(article->image, start + "i.jpg") << base;
    const auto links = find_feed_links(*html::parse_html(html), "https://crier.example/a/b/c.html");
    ASSERT_EQ(links.size(), 1U) << base;
    EXPECT_EQ(links[0].url, start + "feed.xml") << base;
  }
}

}  // namespace
}  // namespace pw::extract
