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

TEST(Robots, AProductTokenEndsAtTheFirstCharacterThatNoneHas) {
  for (const char* line : {"presswatch, otherbot", "presswatch/1.0", "presswatch;", "presswatch*",
                           "PressWatch otherbot", "presswatch(+http://x)", "presswatch\tx", "presswatch2"}) {
    const Robots robots = Robots::parse("User-agent: " + std::string(line) + "\nDisallow: /\n");
    EXPECT_FALSE(robots.allowed("presswatch", "/")) << line;
    EXPECT_TRUE(robots.allowed("otherbot", "/")) << line;
  }
  for (const char* line : {"presswatchbot", "presswatch-news", "presswatch_", "otherbot, presswatch", "7emeCiel",
                           "press", "*bot", "\xC3\xA9", ";"}) {
    const Robots robots = Robots::parse("User-agent: " + std::string(line) + "\nDisallow: /\n");
    EXPECT_TRUE(robots.allowed("presswatch", "/")) << line;
  }
  EXPECT_FALSE(Robots::parse("User-agent: * all of you\nDisallow: /\n").allowed("presswatch", "/"));
}

TEST(Robots, RulesForAnOddNameAreNobodyElses) {
  const Robots robots = Robots::parse("User-agent: *\nDisallow: /internal\n\nUser-agent: 7emeCiel\nDisallow: /\n");
  for (const char* crawler : {"presswatch", "emeCiel", ""}) {
    EXPECT_TRUE(robots.allowed(crawler, "/news")) << crawler;
    EXPECT_FALSE(robots.allowed(crawler, "/internal")) << crawler;
  }
  EXPECT_EQ(robots.size(), 2U);
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

TEST(Robots, ALineThatIsCutIsNoRule) {
  EXPECT_EQ(whole_lines("a\nbc", 4), "a\nbc");
  EXPECT_EQ(whole_lines("a\nbc", 3), "a");
  EXPECT_EQ(whole_lines("abcd", 3), "");
  std::string body = "User-agent: *\nDisallow: /\n";
  body.resize(kMaxRobotsBytes - 8, '#');
  EXPECT_FALSE(Robots::parse(body + "\nAllow: /open").allowed("p", "/news")) << "cut behind its slash";
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
