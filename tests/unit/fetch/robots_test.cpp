#include "fetch/robots/robots.hpp"

#include <gtest/gtest.h>

namespace pw::fetch {
namespace {

TEST(Robots, GroupOfTheCrawlerGoesBeforeTheStar) {
  const Robots robots = Robots::parse("User-agent: *\nDisallow: /\n\nUser-agent: PressWatch/1.0\nDisallow: /private\n");
  EXPECT_TRUE(robots.allowed("presswatch", "https://example.org/news"));
  EXPECT_FALSE(robots.allowed("presswatch", "https://example.org/private/x"));
  EXPECT_FALSE(robots.allowed("other", "/news"));
  EXPECT_TRUE(robots.allowed("other", "/robots.txt"));
}

TEST(Robots, LongestRuleDecidesAndAllowAtATie) {
  const Robots robots = Robots::parse("user-agent: *\ndisallow: /a\nallow: /a/b\ndisallow: /c\nallow: /c\n");
  EXPECT_FALSE(robots.allowed("x", "/a/c"));
  EXPECT_TRUE(robots.allowed("x", "/a/b/c"));
  EXPECT_TRUE(robots.allowed("x", "/c"));
}

TEST(Robots, WildcardsAndEnd) {
  const Robots robots = Robots::parse("User-agent: *\nDisallow: /*.pdf$\nDisallow: /*?print=\n");
  EXPECT_FALSE(robots.allowed("x", "/a/b.pdf"));
  EXPECT_TRUE(robots.allowed("x", "/a/b.pdf?x"));
  EXPECT_FALSE(robots.allowed("x", "/a?print=1"));
}

TEST(Robots, EscapesAreCompared) {
  const Robots robots = Robots::parse("User-agent: *\nDisallow: /caf%C3%A9\nDisallow: /%7Ejoe\n");
  EXPECT_FALSE(robots.allowed("x", "/caf\xC3\xA9"));
  EXPECT_FALSE(robots.allowed("x", "/~joe/"));
}

TEST(Robots, MistypedDisallowStillForbids) {
  for (const char* key : {"disallaw", "dissallow", "dissalow", "disalow", "diasllow", "disallows"}) {
    const Robots robots = Robots::parse(std::string("User-agent: *\n") + key + ": /x\n");
    EXPECT_FALSE(robots.allowed("p", "/x")) << key;
  }
  EXPECT_TRUE(Robots::parse("User-agent: *\nnonsense: /x\n").allowed("p", "/x"));
}

TEST(Robots, AllowedIndexFileAllowsItsFolder) {
  const Robots robots = Robots::parse("User-agent: *\nDisallow: /\nAllow: /x/index.html\n");
  EXPECT_TRUE(robots.allowed("p", "/x/"));
  EXPECT_TRUE(robots.allowed("p", "/x/index.html"));
  EXPECT_FALSE(robots.allowed("p", "/x/other"));
  EXPECT_FALSE(robots.allowed("p", "/"));
}

TEST(Robots, DelayAndSitemaps) {
  const Robots robots = Robots::parse("Sitemap: https://example.org/s.xml\nUser-agent: *\nCrawl-delay: 2.5\n");
  EXPECT_EQ(robots.crawl_delay("p"), 2.5);
  ASSERT_EQ(robots.sitemaps().size(), 1U);
  EXPECT_EQ(robots.sitemaps()[0], "https://example.org/s.xml");
  EXPECT_TRUE(Robots::parse("").allowed("p", "/"));
}

}  // namespace
}  // namespace pw::fetch
