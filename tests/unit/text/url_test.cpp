#include "text/url/url.hpp"

#include "text/url/url_bytes.hpp"
#include "text/url/url_key.hpp"

#include <gtest/gtest.h>

namespace pw::text {
namespace {

TEST(Url, SerialisesAsTheStandardSays) {
  const auto url = parse_url(" HTTPS://u:p@EXAMPLE.org:443/a/./b/../c d?q=\"#f ");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->href(), "https://u:p@example.org/a/c%20d?q=%22#f");
  EXPECT_EQ(url->origin(), "https://example.org");
  EXPECT_EQ(url->effective_port(), 443);
  EXPECT_EQ(url->without_fragment(), "https://u:p@example.org/a/c%20d?q=%22");
}

TEST(Url, ReadsEverySpellingOfAnAddress) {
  for (const char* host : {"http://127.1/", "http://0x7f000001/", "http://2130706433/", "http://0177.0.0.1/"}) {
    const auto url = parse_url(host);
    ASSERT_TRUE(url) << host;
    EXPECT_EQ(url->host(), "127.0.0.1") << host;
  }
  EXPECT_EQ(parse_url("http://[0:0::1]/")->host(), "[::1]");
  EXPECT_EQ(parse_url("http://bücher.example/")->host(), "xn--bcher-kva.example");
}

TEST(Url, RefusesWhatTheStandardRefuses) {
  EXPECT_FALSE(parse_url("http://exa mple.org/"));
  EXPECT_FALSE(parse_url("http://example.org:99999/"));
  EXPECT_FALSE(parse_url("//example.org/"));
  EXPECT_FALSE(parse_url("http://[::1/"));
  EXPECT_FALSE(parse_url("http://example.org/" + std::string(kMaxUrlBytes, 'a')));
}

TEST(Url, ResolvesReferences) {
  const char* base = "https://example.org/a/b?x";
  EXPECT_EQ(resolve_url("../c", base), "https://example.org/c");
  EXPECT_EQ(resolve_url("?y", base), "https://example.org/a/b?y");
  EXPECT_EQ(resolve_url("//other.example/z", base), "https://other.example/z");
  EXPECT_EQ(resolve_url("c", ""), "");
}

TEST(ArticleKey, OneArticleHasOneKey) {
  const std::string key = article_key("https://www.example.org/news/story?id=7");
  EXPECT_EQ(article_key("http://example.org/news/story/?utm_source=x&id=7#top"), key);
  EXPECT_EQ(article_key("https://m.example.org:443/news/story?id=7&fbclid=abc"), key);
  EXPECT_NE(article_key("https://www.example.org/news/story?id=8"), key);
  EXPECT_NE(article_key("https://www.example.org/news/other?id=7"), key);
}

TEST(ArticleKey, CleaningKeepsTheRest) {
  EXPECT_EQ(clean_url("https://example.org/a?b=1&utm_medium=rss&a=2"), "https://example.org/a?b=1&a=2");
  EXPECT_EQ(clean_url("mailto:a@example.org"), "mailto:a@example.org");
  EXPECT_TRUE(is_tracking_parameter("UTM_Campaign"));
  EXPECT_FALSE(is_tracking_parameter("id"));
}

TEST(Url, WhatIsItsOwnSerialisationIsKnownAtOnce) {
  for (const char* url : {"https://news.example/2026/03/a-b_c.html", "http://a.b-c.example/",
                          "https://a.example/x?y=%20&z=1#top", "https://a.example/(1)/~u/@x,y;z=1"}) {
    EXPECT_TRUE(is_serialised_web_url(url)) << url;
    EXPECT_EQ(parse_url(url)->href(), url);
  }
  for (const char* url : {"https://a.example",     "https://A.example/",     "https://a.example/../x",
                          "https://a.example/.x",  "https://127.1/",         "https://a.0x7f/",
                          "https://u@a.example/",  "https://a.example:443/", "https://a.example/%2e%2e/",
                          "https://a.example/a b", "https://a.example/?'",   "https://xn--a.example/",
                          "https://a..example/",   "https://a.example./",    "//a.example/",
                          "ftp://a.example/",      "https://a.example/\\x",  "https://a.example/é",
                          "https:///a.example/",   "https://[::1]/"}) {
    EXPECT_FALSE(is_serialised_web_url(url)) << url;
  }
}

}  // namespace
}  // namespace pw::text
