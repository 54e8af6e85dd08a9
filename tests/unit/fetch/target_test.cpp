#include "fetch/http/target.hpp"

#include <gtest/gtest.h>

namespace pw::fetch {
namespace {

TEST(Target, IsNormalisedAndLosesItsFragment) {
  const auto target = parse_target(" HTTPS://News.Example:443/a/../b c?q#part ");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->url, "https://news.example/b%20c?q");
  EXPECT_EQ(target->host, "news.example");
  EXPECT_EQ(target->port, 443);
  EXPECT_EQ(target->origin, "https://news.example");
  EXPECT_EQ(target->visit, "news.example");
}

TEST(Target, TheTwoSchemesShareTurnsAndOtherPortsHaveTheirOwn) {
  EXPECT_EQ(parse_target("http://news.example/")->visit, parse_target("https://news.example/")->visit);
  const auto odd = parse_target("http://news.example:8080/");
  EXPECT_EQ(odd->visit, "news.example:8080");
  EXPECT_EQ(odd->origin, "http://news.example:8080");
  EXPECT_EQ(parse_target("http://news.example:443/")->origin, "http://news.example:443");
}

TEST(Target, EverySpellingOfAnAddressIsTheAddress) {
  for (const char* url : {"http://127.0.0.1/", "http://0x7f.1/", "http://2130706433/", "http://0177.0.0.1/",
                          "http://127。0。0。1/", "http://%3127.0.0.1/", "http:\\\\127.0.0.1\\"}) {
    const auto target = parse_target(url);
    ASSERT_TRUE(target) << url;
    EXPECT_EQ(target->host, "127.0.0.1") << url;
  }
  EXPECT_EQ(parse_target("http://[0:0::1]/")->host, "::1");
}

TEST(Target, NamesTakeTheirAsciiForm) {
  EXPECT_EQ(parse_target("http://BÜCHER.example/")->host, "xn--bcher-kva.example");
}

TEST(Target, TheHostIsBehindTheLastAtSign) {
  EXPECT_EQ(parse_target("http://news.example@10.0.0.1/")->host, "10.0.0.1");
  EXPECT_EQ(parse_target("http://a@b@10.0.0.1/")->host, "10.0.0.1");
  EXPECT_EQ(parse_target("http://10.0.0.1\\@news.example/")->host, "10.0.0.1");
}

TEST(Target, RefusesOtherSchemesAndWhatIsNoUrl) {
  for (const char* url :
       {"file:///etc/passwd", "ftp://news.example/", "gopher://news.example/", "javascript:alert(1)"}) {
    const auto target = parse_target(url);
    ASSERT_FALSE(target) << url;
    EXPECT_EQ(target.error().code, Errc::refused) << url;
  }
  for (const char* url : {"", "/only/a/path", "http://", "http://a b/", "http://news.example:99999/", "http://[::1/"}) {
    const auto target = parse_target(url);
    ASSERT_FALSE(target) << url;
    EXPECT_EQ(target.error().code, Errc::invalid) << url;
  }
}

TEST(Target, RefusesWhatIsTooLongAlsoOnceEscaped) {
  const std::string start = "http://news.example/";
  EXPECT_TRUE(parse_target(start + std::string(4'000, 'a')));
  EXPECT_FALSE(parse_target(start + std::string(8'000, 'a')));
  EXPECT_FALSE(parse_target(start + std::string(4'000, '"')));
}

TEST(Target, ResolvesLocations) {
  const auto base = parse_target("https://news.example:8443/a/b?c");
  ASSERT_TRUE(base);
  EXPECT_EQ(resolve_target(*base, "../d")->url, "https://news.example:8443/d");
  EXPECT_EQ(resolve_target(*base, "?e")->url, "https://news.example:8443/a/b?e");
  EXPECT_EQ(resolve_target(*base, "//other.example/")->origin, "https://other.example");
  EXPECT_EQ(resolve_target(*base, "file:///etc/passwd").error().code, Errc::refused);
}

}  // namespace
}  // namespace pw::fetch
