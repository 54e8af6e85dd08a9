#include "feed/feed.hpp"
#include "feed/sitemap.hpp"
#include "text/charset/charset.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <chrono>
#include <string>
#include <string_view>

namespace {

constexpr pw::Time kNow = pw::from_ms(1'770'000'000'000);
constexpr std::string_view kBase = "https://courier.example/feeds/world.xml";

/// A deterministic paragraph of prose from a small vocabulary.
std::string prose(unsigned seed, int words) {
  static constexpr std::array<std::string_view, 16> kWords{
      "the",   "harbour", "authority", "said", "on",  "Friday", "that",     "talks",
      "about", "freight", "rates",     "had",  "not", "ended",  "Montréal", "yesterday"};
  std::string out;
  for (int i = 0; i < words; ++i) {
    seed = seed * 1664525U + 1013904223U;
    if (!out.empty()) out += ' ';
    out += kWords[seed >> 28U];
  }
  return out;
}

std::string rfc822(int i) {
  return "Tue, " + std::to_string(1 + i % 28) + " Feb 2026 " + (i % 24 < 10 ? "0" : "") + std::to_string(i % 24) +
         ":30:00 +0000";
}

std::string iso(int i) {
  return std::string("2026-02-") + (i % 28 < 9 ? "0" : "") + std::to_string(1 + i % 28) + "T11:30:00Z";
}

std::string address(int i) { return "https://courier.example/2026/02/world/story-" + std::to_string(i) + ".html"; }

/// A typical news feed: a summary, a picture, categories, and the full text if `paragraphs` > 0.
std::string rss(int items, int paragraphs) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" "
      "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
      "xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:media=\"http://search.yahoo.com/mrss/\">\n<channel>\n"
      "<title>The Courier</title>\n<link>https://courier.example/</link>\n<atom:link rel=\"self\" "
      "href=\"https://courier.example/feeds/world.xml\"/>\n<language>en</language>\n<ttl>15</ttl>\n";
  for (int i = 0; i < items; ++i) {
    const auto seed = static_cast<unsigned>(i);
    out += "<item>\n\t<title>" + prose(seed, 9) + " &#8211; live</title>\n\t<link>" + address(i) +
           "?utm_source=rss</link>\n\t<guid isPermaLink=\"false\">https://courier.example/?p=" + std::to_string(i) +
           "</guid>\n\t<dc:creator><![CDATA[Dana Keller]]></dc:creator>\n\t<pubDate>" + rfc822(i) +
           "</pubDate>\n\t<category><![CDATA[World]]></category>\n\t<category><![CDATA[Trade]]></category>\n\t"
           "<description><![CDATA[" +
           prose(seed + 7, 45) + " [&#8230;]]]></description>\n\t<media:content url=\"" + address(i) +
           ".jpg\" medium=\"image\" width=\"1200\" height=\"675\"/>\n";
    if (paragraphs > 0) out += "\t<content:encoded><![CDATA[";
    for (int p = 0; p < paragraphs; ++p) {
      out += "<p>" + prose(seed * 31U + static_cast<unsigned>(p), 60) +
             " <a href=\"https://courier.example/tag/x\">more</a></p>\n";
    }
    if (paragraphs > 0) out += "]]></content:encoded>\n";
    out += "</item>\n";
  }
  return out + "</channel>\n</rss>\n";
}

std::string atom(int items, int paragraphs) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\">\n"
      "<title>The Courier</title>\n<id>https://courier.example/</id>\n<updated>2026-02-20T11:30:00Z</updated>\n";
  for (int i = 0; i < items; ++i) {
    const auto seed = static_cast<unsigned>(i);
    out += "<entry>\n <title type=\"html\">" + prose(seed, 9) +
           "</title>\n <link rel=\"alternate\" type=\"text/html\" "
           "href=\"" +
           address(i) + "\"/>\n <id>tag:courier.example,2026:" + std::to_string(i) + "</id>\n <published>" + iso(i) +
           "</published>\n <updated>" + iso(i) +
           "</updated>\n <author><name>Dana Keller</name></author>\n"
           " <content type=\"html\">";
    for (int p = 0; p < paragraphs; ++p) {
      out += "&lt;p&gt;" + prose(seed * 31U + static_cast<unsigned>(p), 60) + "&lt;/p&gt;\n";
    }
    out += "</content>\n</entry>\n";
  }
  return out + "</feed>\n";
}

std::string json_feed(int items, int paragraphs) {
  std::string out = R"({"version":"https://jsonfeed.org/version/1.1","title":"The Courier","items":[)";
  for (int i = 0; i < items; ++i) {
    const auto seed = static_cast<unsigned>(i);
    out += (i > 0 ? ",\n{\"id\":\"" : "{\"id\":\"") + address(i) + R"(","url":")" + address(i) + R"(","title":")" +
           prose(seed, 9) + R"(","date_published":")" + iso(i) + R"(","content_html":")";
    for (int p = 0; p < paragraphs; ++p) {
      out += "<p>" + prose(seed * 31U + static_cast<unsigned>(p), 60) + "<\\/p>\\n";
    }
    out += "\"}";
  }
  return out + "]}";
}

std::string news_sitemap(int items) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
      "xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">\n";
  for (int i = 0; i < items; ++i) {
    out += "<url><loc>" + address(i) +
           "</loc><news:news><news:publication><news:name>The Courier</news:name>"
           "<news:language>en</news:language></news:publication><news:publication_date>" +
           iso(i) + "</news:publication_date><news:title>" + prose(static_cast<unsigned>(i), 9) +
           "</news:title></news:news></url>\n";
  }
  return out + "</urlset>\n";
}

template <class Read>
void run(benchmark::State& state, const std::string& document, const Read& read) {
  std::size_t items = 0;
  for (auto _ : state) {
    const auto feed = read(document);
    items += feed->entries.size();
    if (!feed->entries.back().published || feed->entries.back().url.empty())
      state.SkipWithError("an item lost its date");
    benchmark::DoNotOptimize(feed);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * document.size()));
  state.SetItemsProcessed(static_cast<std::int64_t>(items));
}

const auto kFeed = [](const std::string& text) { return pw::feed::parse_feed(text, kBase, kNow); };

/// From the bytes of the response, including charset detection.
const auto kBytes = [](const std::string& bytes) {
  return pw::feed::parse_feed(pw::text::decode_xml(bytes, "application/rss+xml").text, kBase, kNow);
};

void BM_RssWholeText(benchmark::State& state) { run(state, rss(30, 12), kFeed); }
void BM_RssWholeTextFromBytes(benchmark::State& state) { run(state, rss(30, 12), kBytes); }
void BM_RssSummaries(benchmark::State& state) { run(state, rss(60, 0), kFeed); }
void BM_AtomWholeText(benchmark::State& state) { run(state, atom(30, 12), kFeed); }
void BM_JsonFeed(benchmark::State& state) { run(state, json_feed(30, 12), kFeed); }
void BM_NewsSitemap(benchmark::State& state) {
  run(state, news_sitemap(1000), [](const std::string& text) { return pw::feed::parse_sitemap(text, kBase, kNow); });
}

BENCHMARK(BM_RssWholeText)->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_RssWholeTextFromBytes)->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_RssSummaries)->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_AtomWholeText)->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_JsonFeed)->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_NewsSitemap)->Unit(benchmark::kMicrosecond);

}  // namespace
