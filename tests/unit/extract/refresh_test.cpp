#include "extract/refresh.hpp"

#include <gtest/gtest.h>

namespace pw::extract {
namespace {

constexpr std::string_view kPage = "https://paper.example/a/hop?u=1";

std::string target(std::string_view value) {
  const auto found = parse_refresh(value, kPage, kPage);
  return found ? found->url : "";
}

std::string meta(std::string_view html) {
  const auto found = meta_refresh(html, kPage);
  return found ? std::to_string(found->seconds) + " " + found->url : "";
}

TEST(Refresh, EveryFormOfTheStandardIsRead) {
  for (const char* value : {"0;url=/b",
                            "0; URL=/b",
                            "0;URL='/b'",
                            "0; url=\"/b\"",
                            " 0 ;  Url = /b",
                            "0, /b",
                            "0 /b",
                            "0;/b",
                            "0;'/b'",
                            "0;url='/b' trailing",
                            "0\turl=/b",
                            "00.5;url=/b",
                            ".5;url=/b",
                            "0...;url=/b",
                            "0;\n url\n=\n'/b'",
                            "0;url=/b",
                            "0;url=\"/b",
                            "0; /b ",
                            "0;url=https://paper.example/b",
                            "0;url=//paper.example/b",
                            "0;url=../b",
                            "0,url=/b",
                            "0 , url=/b",
                            "0;url=\t/b\n"}) {
    EXPECT_EQ(target(value), "https://paper.example/b") << value;
  }
  EXPECT_EQ(target("0;urlx"), "https://paper.example/a/urlx");
  EXPECT_EQ(target("0;url"), "https://paper.example/a/url");
  EXPECT_EQ(target("0;'/it''s"), "https://paper.example/it");
}

TEST(Refresh, WhatIsNotValidOrReloadsThePageLeadsNowhere) {
  for (const char* value :
       {"", " ", "url=/b", "-1;url=/b", "+1;url=/b", "x", "0x;url=/b", "300", "5;", "5; ", "0;url=", "0;url=''",
        "0;url=?u=1", "0;url=https://paper.example/a/hop?u=1#top", "0;url=#x", "0;url=javascript:alert(1)",
        "0;url=mailto:a@x.example", "0;url=http://[", "0;url=data:text/html,x"}) {
    EXPECT_EQ(target(value), "") << value;
  }
}

TEST(Refresh, ItSaysHowLongItWaits) {
  EXPECT_EQ(parse_refresh("7;url=/b", kPage, kPage)->seconds, 7U);
  EXPECT_EQ(parse_refresh("9.99;url=/b", kPage, kPage)->seconds, 9U);
  EXPECT_EQ(parse_refresh("99999999999999999999;url=/b", kPage, kPage)->seconds, 86400U);
}

TEST(MetaRefresh, IsFoundWhereverItStands) {
  EXPECT_EQ(meta("<meta http-equiv=refresh content='0;url=/b'>"), "0 https://paper.example/b");
  EXPECT_EQ(meta("<META CONTENT=\"3; URL='/b'\" HTTP-EQUIV=\"Refresh\">"), "3 https://paper.example/b");
  EXPECT_EQ(meta("<head><noscript><meta http-equiv=\"refresh\" content=\"0;URL='/b'\"></noscript></head>"),
            "0 https://paper.example/b");
  EXPECT_EQ(meta("<meta http-equiv=&#114;efresh content='0;url=/b?x=1&amp;y=2'>"), "0 https://paper.example/b?x=1&y=2");
  EXPECT_EQ(meta("<base href=//other.example/c/><base href=/d/><meta http-equiv=refresh content=0;b>"),
            "0 https://other.example/c/b");
}

TEST(MetaRefresh, OnlyTheFirstValidOneCounts) {
  EXPECT_EQ(meta("<meta http-equiv=refresh content=x><meta http-equiv=refresh content='0;/b'>"),
            "0 https://paper.example/b");
  EXPECT_EQ(meta("<meta http-equiv=refresh content=300><meta http-equiv=refresh content='0;/b'>"), "");
}

TEST(MetaRefresh, WhatIsNoElementOfThePageIsNone) {
  for (const char* html :
       {"", "<meta name=refresh content='0;/b'>", "<!-- <meta http-equiv=refresh content='0;/b'> -->",
        "<script>'<meta http-equiv=refresh content=\"0;/b\">'</script>",
        "<template><meta http-equiv=refresh content='0;/b'></template>",
        "<textarea><meta http-equiv=refresh content='0;/b'></textarea>", "<meta http-equiv=refresh>",
        "&lt;meta http-equiv=refresh content='0;/b'>", "<meta http-equiv=refresh content='0;/b'"}) {
    EXPECT_EQ(meta(html), "") << html;
  }
}

TEST(ScriptRedirect, LiteralsAreFound) {
  for (const char* script :
       {"location='/b'", "window.location = \"/b\";", "document.location.href='/b'", "location.replace(\"/b\")",
        "window . location . assign('/b');", "top.location.href = `/b`",
        "self.location='https:\\/\\/paper.example\\/b'",
        "setTimeout(function(){ window.location.href = '\\x2fb'; }, 100);", "location.replace('\\u002Fb')",
        "var url='/b'; location = '/b'", "location.href='/b';location.href='/b'"}) {
    EXPECT_EQ(script_redirect(std::string("<html><script>") + script + "</script></html>", kPage),
              "https://paper.example/b")
        << script;
  }
  EXPECT_EQ(script_redirect("<body onload=\"location.href='/b'\">", kPage), "https://paper.example/b");
}

TEST(ScriptRedirect, ScriptsThatDoMoreAreNone) {
  for (const char* script :
       {"", "location.href = '/b' + id", "location.href == '/b'", "if (x) location = '/b'", "location = target",
        "geo.location = '/b'", "var location = '/b'", "mylocation='/b'", "location.hash = '/b'", "location.reload()",
        "b.onclick = function () { location = '/b' }", "location='/b';location='/c'", "location = `/b${x}`",
        "location.href='/a/hop?u=1'", "location='javascript:x()'", "location='/b", "location.replace('/b', 1)"}) {
    EXPECT_EQ(script_redirect(std::string("<script>") + script + "</script>", kPage), "") << script;
  }
  EXPECT_EQ(script_redirect("<script>location='/b';" + std::string(3000, ' ') + "</script>", kPage), "");
}

}  // namespace
}  // namespace pw::extract
