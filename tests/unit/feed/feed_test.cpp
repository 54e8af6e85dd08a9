#include "feed/feed.hpp"

#include "feed/sitemap.hpp"

#include <gtest/gtest.h>

#include <set>

namespace pw::feed {
namespace {

constexpr Time kNow = from_ms(1'770'000'000'000);

Feed read(std::string_view text, std::string_view base = "https://courier.example/feeds/world") {
  auto feed = parse_feed(text, base, kNow);
  EXPECT_TRUE(feed) << feed.error().message;
  return feed ? std::move(*feed) : Feed{};
}

TEST(Feed, ReadsRssWithItsPace) {
  const Feed feed = read(R"(<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"
      xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>A &amp; B</title><link>/</link>
      <ttl>90</ttl><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
      <skipHours><hour>2</hour><hour>24</hour></skipHours><skipDays><day>Sunday</day></skipDays>
      <item><title>One</title><link>../x?a=1&amp;b=2</link><guid isPermaLink="false">g1</guid>
      <pubDate>Tue, 03 Feb 2026 10:00:00 +0100</pubDate><description>short</description>
      <content:encoded><![CDATA[<p>long</p>]]></content:encoded></item></channel></rss>)");
  EXPECT_EQ(feed.kind, "rss");
  EXPECT_FALSE(feed.damaged);
  EXPECT_EQ(feed.title, "A & B");
  EXPECT_EQ(feed.url, "https://courier.example/");
  EXPECT_EQ(feed.ttl_minutes, 90);
  EXPECT_EQ(feed.update_period_minutes, 360U);
  EXPECT_EQ(feed.skip_hours, 1U << 2U | 1U);
  EXPECT_EQ(feed.skip_days, 1U);
  ASSERT_EQ(feed.entries.size(), 1U);
  const FeedEntry& entry = feed.entries[0];
  EXPECT_EQ(entry.id, "g1");
  EXPECT_EQ(entry.url, "https://courier.example/x?a=1&b=2");
  EXPECT_EQ(entry.summary, "short");
  EXPECT_EQ(entry.content, "<p>long</p>");
  EXPECT_EQ(entry.published->time, from_ms(1'770'109'200'000));
}

TEST(Feed, ReadsAtomWithItsLinksBasesAndLanguages) {
  const Feed feed = read(R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="he" xml:base="https://base.example/a/">
      <title type="text">x &lt; y</title><link rel="self" href="feed"/><link rel="hub" href="https://hub.example/"/>
      <author><name>Dana</name></author>
      <entry xml:lang="ru" xml:base="b/"><id>urn:1</id><link href="c"/><title>Eins</title>
      <updated>2026-02-03T10:00:00Z</updated>
      <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a</p></div></content></entry></feed>)");
  EXPECT_EQ(feed.kind, "atom");
  EXPECT_EQ(feed.title, "x < y");
  EXPECT_EQ(feed.self, "https://base.example/a/feed");
  EXPECT_EQ(feed.hub, "https://hub.example/");
  EXPECT_EQ(feed.language, "he");
  ASSERT_EQ(feed.entries.size(), 1U);
  EXPECT_EQ(feed.entries[0].url, "https://base.example/a/b/c");
  EXPECT_EQ(feed.entries[0].language, "ru");
  EXPECT_EQ(feed.entries[0].authors, std::vector<std::string>{"Dana"});
  EXPECT_EQ(text::plain_text(feed.entries[0].content), "a");
}

TEST(Feed, ReadsRdfAndJson) {
  const Feed rdf = read(R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="https://a.example/"><title>R</title></channel><item rdf:about="https://a.example/1">
      <title>One</title><link>https://a.example/1</link><dc:date>2026-02-03</dc:date></item></rdf:RDF>)");
  EXPECT_EQ(rdf.kind, "rdf");
  ASSERT_EQ(rdf.entries.size(), 1U);
  EXPECT_FALSE(rdf.entries[0].published->has_time);
  const Feed json = read(R"({"version": "https://jsonfeed.org/version/1.1", "title": "J", "language": "en",
      "hubs": [{"type": "WebSub", "url": "https://hub.example/"}], "items": [
      {"id": 7, "url": "/7", "content_text": "x", "date_published": "2026-02-03T10:00:00Z", "authors": [{"name": "D"}]},
      {"id": "8", "url": "/8", "content_te)");
  EXPECT_EQ(json.kind, "json");
  EXPECT_TRUE(json.damaged);
  EXPECT_EQ(json.hub, "https://hub.example/");
  ASSERT_EQ(json.entries.size(), 2U);
  EXPECT_EQ(json.entries[0].id, "7");
  EXPECT_EQ(json.entries[0].url, "https://courier.example/7");
  EXPECT_EQ(json.entries[1].url, "https://courier.example/8");
}

TEST(Feed, DamageInAJsonFeedCostsWhatItHits) {
  const Feed feed = read(R"({"version": "https://jsonfeed.org/version/1.1", "items": [
      {"id": "1", "title": "One", "content_text": "first
line"}, {"id": "2", "title": "The "big" one" "url": "/2"},,
      {"id": 3, "title": "Three", "date_published": 1770000000}]})");
  EXPECT_TRUE(feed.damaged);
  ASSERT_EQ(feed.entries.size(), 3U);
  EXPECT_EQ(feed.entries[0].content, "first\nline");
  EXPECT_EQ(feed.entries[1].title, "The \"big\" one");
  EXPECT_EQ(feed.entries[1].url, "https://courier.example/2");
  EXPECT_EQ(feed.entries[2].id, "3");
  EXPECT_EQ(feed.entries[2].published->time, from_ms(1'770'000'000'000));
}

TEST(Feed, AnAttachedFileStandsInForAMissingLink) {
  const Feed rss = read(R"(<rss><channel><item><title>a</title><guid isPermaLink="false">7</guid>
      <enclosure url="/7.mp3" type="audio/mpeg"/></item><item><link>/8</link><enclosure url="/8.mp3"/></item>
      <item><title>c</title><enclosure url="/9.jpg" type="image/jpeg"/></item></channel></rss>)");
  ASSERT_EQ(rss.entries.size(), 3U);
  EXPECT_EQ(rss.entries[0].url, "https://courier.example/7.mp3");
  EXPECT_TRUE(rss.entries[0].url_is_file);
  EXPECT_EQ(rss.entries[1].url, "https://courier.example/8");
  EXPECT_FALSE(rss.entries[1].url_is_file);
  EXPECT_EQ(rss.entries[2].url, "");
  const Feed atom = read(R"(<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>urn:1</id>
      <link rel="enclosure" type="video/mp4" href="/1.mp4"/></entry></feed>)");
  EXPECT_EQ(atom.entries.at(0).url, "https://courier.example/1.mp4");
  const Feed json = read(R"({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1",
      "attachments": [{"url": "/1.ogg", "mime_type": "audio/ogg"}]}]})");
  EXPECT_EQ(json.entries.at(0).url, "https://courier.example/1.ogg");
  EXPECT_TRUE(json.entries.at(0).url_is_file);
}

TEST(Feed, AtomTextWithoutATypeIsNoMarkup) {
  const auto title = [](std::string_view element) {
    return read(std::string(R"(<feed xmlns="http://www.w3.org/2005/Atom"><entry>)") + std::string(element) +
                "</entry></feed>")
        .entries.at(0)
        .title;
  };
  EXPECT_EQ(title("<title>Where &lt;col&gt; and &lt;td&gt; go</title>"), "Where <col> and <td> go");
  EXPECT_EQ(title("<title>&lt;b&gt;Bold&lt;/b&gt; news</title>"), "Bold news");
  EXPECT_EQ(title("<title type=\"html\">One &lt;br&gt; two</title>"), "One two");
}

TEST(Feed, C0ControlsAreSpaces) {
  const Feed feed = read(
      "<rss><item><title>a\x1e"
      "b</title><description>c \x01 &#8;d</description></item></rss>");
  EXPECT_EQ(feed.entries.at(0).title, "a b");
  EXPECT_EQ(feed.entries.at(0).summary.find('\x01'), std::string::npos);
}

TEST(Feed, C1ControlsAreTheCharactersThatTheirAuthorsMeant) {
  const auto feed = parse_feed("<rss><item><title>don\xC2\x92t \xC2\xA9 \xC2/ \xC2</title></item></rss>", "",
                               from_ms(1'770'000'000'000));
  ASSERT_TRUE(feed);
  EXPECT_EQ(feed->entries.at(0).title, "don’t © \xC2/ \xC2");
}

TEST(Feed, PrefersTheOriginalLinkOfAForwarder) {
  const Feed feed = read(R"(<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><item>
      <link>https://proxy.example/~r/1</link><feedburner:origLink>https://courier.example/1</feedburner:origLink>
      </item></channel></rss>)");
  EXPECT_EQ(feed.entries.at(0).url, "https://courier.example/1");
}

TEST(Feed, SaysWhatADocumentIsInstead) {
  for (const auto& [text, said] :
       {std::pair{"<!doctype html><html><head></head></html>", "HTML"}, std::pair{"<urlset></urlset>", "sitemap"},
        std::pair{"", "empty"}, std::pair{"{\"a\": 1}", "JSON"}, std::pair{"plain words", "no RSS"}}) {
    const auto feed = parse_feed(text, "https://a.example/", kNow);
    ASSERT_FALSE(feed) << text;
    EXPECT_EQ(feed.error().code, Errc::parse);
    EXPECT_NE(feed.error().message.find(said), std::string::npos) << feed.error().message;
  }
}

Feed with_entries(std::initializer_list<FeedEntry> entries) {
  Feed feed;
  feed.entries = entries;
  return feed;
}

FeedEntry entry(std::string id, std::string url, std::string title, std::string summary = "") {
  FeedEntry out;
  out.id = std::move(id);
  out.url = std::move(url);
  out.title = std::move(title);
  out.summary = std::move(summary);
  return out;
}

TEST(EntryIds, ASharedGuidLinkOrTitleJoinsNothing) {
  const Feed feed = with_entries({entry("same", "https://a.example/1", "T"), entry("same", "https://a.example/2", "T"),
                                  entry("", "https://a.example/", "One"), entry("", "https://a.example/", "Two"),
                                  entry("", "", "T", "first"), entry("", "", "T", "second")});
  const auto ids = entry_ids(feed);
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 6U);
}

/// Otherwise, next week's entry with the same link would be taken for this one.
TEST(EntryIds, ALinkThatIsNoWebAddressIsNoIdentity) {
  const auto one = entry_ids(with_entries({entry("", "javascript:void(0)", "First")}));
  const auto two = entry_ids(with_entries({entry("", "javascript:void(0)", "Second")}));
  EXPECT_NE(one, two);
}

TEST(EntryIds, AnEditedItemKeepsItsId) {
  const auto before =
      entry_ids(with_entries({entry("g", "https://a.example/1", "Old"), entry("", "https://a.example/2", "x")}));
  const auto after = entry_ids(with_entries(
      {entry("g", "https://a.example/1", "New", "text"), entry("", "https://www.a.example/2?utm_source=x", "y")}));
  EXPECT_EQ(before, after);
}

TEST(Sitemap, ReadsNewsIndexAndText) {
  const auto news = parse_sitemap(R"(<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
      xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://a.example/1?x=1&amp;y=2</loc>
      <news:news><news:publication><news:name>A</news:name><news:language>en</news:language></news:publication>
      <news:publication_date>2026-02-03T10:00:00Z</news:publication_date><news:title>One</news:title></news:news></url>
      <url><loc>https://a.example/2</loc><lastmod>2026-02-03</lastmod></url><url><loc>ftp://a.example/3</loc></url>)",
                                  "https://a.example/map.xml", kNow);
  ASSERT_TRUE(news);
  EXPECT_EQ(news->kind, "news-sitemap");
  EXPECT_TRUE(news->damaged);
  ASSERT_EQ(news->entries.size(), 2U);
  EXPECT_EQ(news->entries[0].url, "https://a.example/1?x=1&y=2");
  EXPECT_EQ(news->entries[0].title, "One");
  EXPECT_EQ(news->entries[0].published->time, from_ms(1'770'112'800'000));
  const auto index =
      parse_sitemap("<sitemapindex><sitemap><loc>https://a.example/1.xml.gz</loc></sitemap></sitemapindex>",
                    "https://a.example/", kNow);
  ASSERT_TRUE(index);
  EXPECT_EQ(index->kind, "sitemapindex");
  const auto text = parse_sitemap("https://a.example/1\n\nhttps://a.example/2\nno url\n", "https://a.example/", kNow);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->entries.size(), 2U);
  EXPECT_TRUE(text->damaged);
  EXPECT_FALSE(parse_sitemap("hello", "https://a.example/", kNow));
}

std::vector<std::string> locations(std::string_view text) {
  std::vector<std::string> out;
  const auto map = parse_sitemap(text, "https://a.example/", kNow);
  EXPECT_TRUE(map) << map.error().message;
  if (!map) return out;
  for (const FeedEntry& entry : map->entries) out.push_back(entry.url);
  return out;
}

TEST(Sitemap, ItsElementsAreKnownByNamespaceNotByPrefix) {
  const std::vector<std::string> one{"https://a.example/1"};
  constexpr std::string_view kProtocol = "http://www.sitemaps.org/schemas/sitemap/0.9";
  for (const char* map :
       {"<urlset xmlns='{0}'><url><loc>/1</loc></url></urlset>",
        "<urlset xmlns='{0}' xmlns:sm='{0}'><sm:url><sm:loc>/1</sm:loc></sm:url></urlset>",
        "<sm:urlset xmlns:sm='{0}'><sm:url><sm:loc>/1</sm:loc></sm:url></sm:urlset>",
        "<sm:urlset xmlns:sm='{0}' xmlns='{0}'><url><loc>/1</loc></url></sm:urlset>",
        "<sm:urlset xmlns:sm='{0}'><url><loc>/1</loc></url></sm:urlset>",
        "<urlset xmlns='urn:other'><url><loc>/1</loc></url></urlset>",
        "<urlset xmlns='urn:other' xmlns:o='urn:other'><o:url><o:loc>/1</o:loc></o:url></urlset>",
        "<x:urlset><x:url><x:loc>/1</x:loc></x:url></x:urlset>", "<urlset><url><loc>/1</loc></url></urlset>",
        "<urlset><url xmlns:s='{0}'><s:loc>/1</s:loc></url></urlset>"}) {
    std::string text = map;
    for (std::size_t at; (at = text.find("{0}")) != std::string::npos;) text.replace(at, 3, kProtocol);
    EXPECT_EQ(locations(text), one) << text;
  }
}

TEST(Sitemap, ElementsOfOtherNamespacesAreNotItsOwn) {
  const std::vector<std::string> both{"https://a.example/1", "https://a.example/2"};
  for (const std::string image :
       {"<image:image><image:loc>/i</image:loc></image:image>", "<image xmlns='urn:image'><loc>/i</loc></image>",
        "<i:image xmlns:i='urn:image'><i:loc>/i</i:loc></i:image>"}) {
    EXPECT_EQ(locations("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>/1</loc>" + image +
                        "</url><url>" + image + "<loc>/2</loc></url></urlset>"),
              both)
        << image;
  }
}

TEST(Limits, OfTooManyEntriesTheNewestAreKept) {
  std::string map = "<urlset>";
  constexpr std::size_t kOver = 20'000;
  for (std::size_t i = 0; i < kMaxFeedEntries + kOver; ++i) {
    map += "<url><loc>/" + std::to_string(i) + "</loc>";
    if (i != 7) map += i < kOver ? "<lastmod>2020-01-01</lastmod>" : "<lastmod>2026-01-01</lastmod>";
    map += "</url>";
  }
  const auto read = parse_sitemap(map + "</urlset>", "https://a.example/", kNow);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->left_out, kOver);
  ASSERT_EQ(read->entries.size(), kMaxFeedEntries);
  EXPECT_EQ(read->entries.front().url, "https://a.example/20000");
  EXPECT_EQ(read->entries.back().url, "https://a.example/69999");
}

TEST(Limits, WithoutDatesTheFirstAreKept) {
  std::string feed = "<rss><channel>";
  for (std::size_t i = 0; i < kMaxFeedEntries + 3; ++i) feed += "<item><guid>" + std::to_string(i) + "</guid></item>";
  const Feed read_feed = read(feed + "</channel></rss>");
  EXPECT_EQ(read_feed.left_out, 3U);
  ASSERT_EQ(read_feed.entries.size(), kMaxFeedEntries);
  EXPECT_EQ(read_feed.entries.back().id, std::to_string(kMaxFeedEntries - 1));
}

TEST(Limits, SitemapsMayBeAsLargeAsTheProtocolAllows) {
  std::string map = "<urlset><url><loc>https://a.example/1</loc></url>";
  map.resize(kMaxSitemapBytes, ' ');
  EXPECT_TRUE(parse_sitemap(map, "https://a.example/", kNow));
  map += ' ';
  EXPECT_FALSE(parse_sitemap(map, "https://a.example/", kNow));
}

}  // namespace
}  // namespace pw::feed
