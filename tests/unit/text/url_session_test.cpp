#include "text/url/url_session.hpp"

#include "text/url/url.hpp"

#include <gtest/gtest.h>

namespace pw::text {
namespace {

constexpr const char* kHost = "https://paper.example";

std::string key(std::string_view rest) { return article_key(std::string(kHost) + std::string(rest)); }

TEST(SessionIds, AreNoPartOfTheKey) {
  for (const char* url : {"/z/story?id=9&PHPSESSID=00000000000000000000000abc",
                          "/z/story?PHPSESSID=1&id=9",
                          "/z/story;jsessionid=AB1001CDEF?id=9",
                          "/z/story;JSESSIONID=0A1B.node2?id=9",
                          "/z/story%3Bjsessionid=0A1B?id=9",
                          "/z;jsessionid=0A1B/story?id=9",
                          "/z/story?id=9;PHPSESSID=f00d",
                          "/z/story?CFID=1&CFTOKEN=7919&id=9",
                          "/z/story?id=9&osCsid=b7e1c0ffee",
                          "/z/story?id=9&zenid=1q2w3e",
                          "/z/story?id=9&ASPSESSIONIDQQRTABCD=KJHGFDSA",
                          "/z/story?id=9&ASP.NET_SessionId=x1",
                          "/(S(lit3py55t21z5v55vlm25s55))/z/story?id=9",
                          "/%28S%28lit3py55t21z5v55vlm25s55%29%29/z/story?id=9",
                          "/(X(1)A(p0)S(lit3py55t21z5v55vlm25s55))/z/story?id=9",
                          "/(lit3py55t21z5v55vlm25s55)/z/story?id=9",
                          "/z/story?id=9&sid=2b5e0c6f7a8d9e1f2b5e0c6f7a8d9e1f",
                          "/z/story?id=9&sid=Zk81xQp04LmN7rTu2",
                          "/z/story?id=9&session_id=123e4567-e89b-12d3-a456-426614174000",
                          "/z/story?id=9&s=2b5e0c6f7a8d9e1f2b5e0c6f7a8d9e1f",
                          "/z/story?id=9&sessionid=00000000000000001001",
                          "/z/story?id=9&_=1794437550000",
                          "/z/story?id=9&rand=0.84412",
                          "/z/story;b7e1c0ffee00b7e1c0ffee00?id=9",
                          "/z/story/;jsessionid=1?id=9",
                          "/z/story/index.html;jsessionid=1?id=9"}) {
    EXPECT_EQ(key(url), "https://paper.example/z/story?id=9") << url;
  }
}

TEST(SessionIds, WhatChoosesTheArticleStays) {
  for (const char* url :
       {"/z?sid=41", "/z?sid=201105171234567", "/z?session_id=2026-spring", "/z?session=climatechange2026summit",
        "/z?s=harbour", "/z?s=41", "/z?sid=internationalaffairs", "/z;id=41", "/z;art=international2026", "/z?_=about",
        "/z?random=harbour", "/z?id=2b5e0c6f7a8d9e1f2b5e0c6f7a8d9e1f", "/2b5e0c6f7a8d9e1f2b5e0c6f7a8d9e1f",
        "/wiki/Harbour_(Ship(s))", "/(harbour)/z", "/z;v=2/x", "/z?q=a;b"}) {
    EXPECT_EQ(key(url), std::string(kHost) + url) << url;
  }
  EXPECT_NE(key("/z?sid=41"), key("/z?sid=42"));
}

TEST(ArticleKey, RoutesOfApplicationsStayOtherFragmentsGo) {
  EXPECT_EQ(key("/#!/story/7"), "https://paper.example/#!/story/7");
  EXPECT_EQ(key("/app#/story/7/?utm_source=x&id=1"), "https://paper.example/app#/story/7?id=1");
  EXPECT_NE(key("/#!story-7"), key("/#!story-8"));
  for (const char* url :
       {"/a#top", "/a#!", "/a#/", "/a#!/", "/a#", "/a#comments", "/a#xtor=RSS-1", "/a/?utm_medium=rss"}) {
    EXPECT_EQ(key(url), "https://paper.example/a") << url;
  }
}

TEST(IdKey, IsSteadyWhereTheIdIsAnAddress) {
  const std::string one = id_key("http://paper.example/?p=1");
  EXPECT_EQ(id_key(" https://www.paper.example/?p=1\n"), one);
  EXPECT_EQ(id_key("HTTPS://Paper.example:443/?utm_campaign=c7&p=1"), one);
  EXPECT_EQ(id_key("https://m.paper.example/index.php?p=1&PHPSESSID=1f"), one);
  EXPECT_NE(id_key("https://paper.example/?p=11"), id_key("https://paper.example/?p=12"));
  EXPECT_NE(id_key("https://paper.example/b#v1"), id_key("https://paper.example/b#v2"));
  EXPECT_EQ(id_key("https://paper.example/b#xtor=RSS-1"), id_key("https://paper.example/b"));
}

TEST(IdKey, OtherIdsStayAsTheyAre) {
  EXPECT_EQ(id_key("\t tag:paper.example,2026:/A/1?utm_source=x \r\n"), "tag:paper.example,2026:/A/1?utm_source=x");
  EXPECT_EQ(id_key("urn:uuid:123E4567-e89b"), "urn:uuid:123E4567-e89b");
  EXPECT_EQ(id_key("4711"), "4711");
  EXPECT_EQ(id_key("  "), "");
}

}  // namespace
}  // namespace pw::text
