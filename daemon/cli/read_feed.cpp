#include "cli/read_feed.hpp"

#include "core/codec/gzip.hpp"
#include "feed/sitemap.hpp"
#include "text/charset/charset.hpp"

#include <algorithm>
#include <array>

namespace pw::cli {

namespace {

struct Kind {
  std::string_view name;
  std::string_view plugin;
  std::string_view description;
};

constexpr std::array<Kind, 8> kKinds{{
    {"rss", "feed", "an RSS feed: its root element is <rss>"},
    {"rdf", "feed", "an RSS 1.0 feed: its root element is <rdf:RDF>"},
    {"atom", "feed", "an Atom feed: its root element is <feed>"},
    {"json", "feed", "a JSON Feed: a JSON object with the version or the items of one"},
    {"sitemap", "sitemap", "a sitemap: its root element is <urlset>"},
    {"news-sitemap", "sitemap", "a news sitemap: its root element is <urlset>, with <news:news> in it"},
    {"sitemapindex", "sitemap", "an index of sitemaps: its root element is <sitemapindex>"},
    {"text-sitemap", "sitemap", "a sitemap in plain text: one address per line"},
}};

const Kind& kind_of(const feed::Feed& feed) {
  const auto* found = std::ranges::find(kKinds, feed.kind, &Kind::name);
  return found == kKinds.end() ? kKinds.front() : *found;
}

}  // namespace

Result<feed::Feed> read_feed(std::string_view bytes, std::string_view content_type, std::string_view url) {
  const std::string text = text::decode_xml(gunzip_if_gzip(bytes), content_type).text;
  auto feed = feed::parse_feed(text, url);
  if (feed) return feed;
  auto sitemap = feed::parse_sitemap(text, url);
  return sitemap ? std::move(sitemap) : std::move(feed);
}

std::string_view plugin_for(const feed::Feed& feed) { return kind_of(feed).plugin; }

std::string_view describe(const feed::Feed& feed) { return kind_of(feed).description; }

}  // namespace pw::cli
