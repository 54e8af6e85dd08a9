#include "fakes/packed.hpp"
#include "fetch_fixture.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <cstdlib>
#include <stdexcept>

namespace pw::fetch {
namespace {

using test::answer;
using test::gzip;
using test::Script;
using testing::HasSubstr;

TEST_F(FetchTest, ReturnsBodyHeadersAndFreshness) {
  server.on("/a", answer(200, "hello",
                         {{"Content-Type", "text/html; charset=utf-8"},
                          {"ETag", "W/\"x y\""},
                          {"X-Twice", "1"},
                          {"Last-Modified", "Tue, 24 Nov 2026 01:00:00 GMT"},
                          {"Cache-Control", "max-age=60"},
                          {"Age", "10"}}));
  const auto response = get(server.url("/a"));
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->body, "hello");
  EXPECT_EQ(response->content_type, "text/html; charset=utf-8");
  EXPECT_EQ(response->etag, "W/\"x y\"");
  EXPECT_EQ(response->last_modified, "Tue, 24 Nov 2026 01:00:00 GMT");
  EXPECT_EQ(response->max_age, Milliseconds{50'000});
  EXPECT_EQ(response->final_url, server.url("/a"));
  EXPECT_TRUE(response->permanent_url.empty());
  ASSERT_NE(response->header("x-twice"), nullptr);
}

TEST_F(FetchTest, ErrorStatusesAreResponses) {
  for (const int status : {404, 410, 500}) {
    server.on("/" + std::to_string(status), answer(status, "sorry"));
    const auto response = get(server.url("/" + std::to_string(status)));
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, status);
    EXPECT_EQ(response->body, "sorry");
  }
}

TEST_F(FetchTest, SendsValidatorsByteForByteAndNothingAboutItself) {
  server.on("/a", answer(304, "", {{"ETag", "\"2\""}}));
  FetchRequest request;
  request.url = server.url("/a");
  request.etag = "\"odd, etag\"";
  request.last_modified = "yesterday";
  const auto response = fetch(request);
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_TRUE(response->not_modified);
  EXPECT_EQ(response->etag, "\"2\"");
  const auto seen = server.seen("/a").at(0).headers;
  EXPECT_EQ(seen.at("if-none-match"), "\"odd, etag\"");
  EXPECT_EQ(seen.at("if-modified-since"), "yesterday");
  EXPECT_EQ(seen.at("user-agent"), settings.user_agent);
  EXPECT_THAT(seen.at("accept-encoding"), HasSubstr("gzip"));
  EXPECT_FALSE(seen.contains("cookie"));
  EXPECT_FALSE(seen.contains("referer"));
}

TEST_F(FetchTest, KeepsNoCookies) {
  server.on("/a", answer(200, "", {{"Set-Cookie", "id=1"}}));
  ASSERT_TRUE(get(server.url("/a")));
  ASSERT_TRUE(get(server.url("/a")));
  EXPECT_FALSE(server.seen("/a").at(1).headers.contains("cookie"));
}

TEST_F(FetchTest, UsesAConnectionAgain) {
  server.on("/a", answer(200, "x"));
  ASSERT_TRUE(get(server.url("/a")));
  ASSERT_TRUE(get(server.url("/a")));
  EXPECT_EQ(server.seen("/a").at(1).connection, 1);
}

TEST_F(FetchTest, EndlessHeadersAreStopped) {
  settings.max_headers = 10'000;
  Script script;
  script.chunks = {{"HTTP/1.1 200 OK\r\n", {}}, {"X-Filler: " + std::string(500, 'x') + "\r\n", {}}};
  script.endless = true;
  server.on("/headers", script);
  const auto response = get(server.url("/headers"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::too_large);
  EXPECT_THAT(response.error().message, HasSubstr("max_headers"));
}

TEST_F(FetchTest, ADripIsGivenUp) {
  settings.low_speed_time = Milliseconds{1'000};
  Script script;
  script.chunks = {{"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", {}}, {"x", Milliseconds{200}}};
  script.endless = true;
  server.on("/drip", script);
  const auto response = get(server.url("/drip"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::timeout);
}

TEST_F(FetchTest, AHangingServerTimesOut) {
  settings.total_timeout = Milliseconds{200};
  server.on("/hang", Script{{{"", Milliseconds{60'000}}}, false, false});
  const auto response = get(server.url("/hang"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::timeout);
  EXPECT_THAT(response.error().message, HasSubstr("127.0.0.1"));
}

TEST_F(FetchTest, ACutBodyIsAnError) {
  server.on("/cut", Script{{{"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf", {}}}, false, true});
  const auto response = get(server.url("/cut"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::io);
}

TEST_F(FetchTest, NobodyListensIsAnErrorThatNamesTheHost) {
  std::uint16_t port = 0;
  {
    const test::HttpServer gone;
    port = gone.port();
  }
  const auto response = get("http://127.0.0.1:" + std::to_string(port) + "/");
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::io);
  EXPECT_THAT(response.error().message, HasSubstr("127.0.0.1"));
}

TEST_F(FetchTest, FollowsRedirectsAndTellsPermanentOnes) {
  server.on("/old", answer(301, "", {{"Location", "/moved?x=1"}}));
  server.on("/moved?x=1", answer(308, "", {{"Location", "new"}}));
  server.on("/new", answer(200, "here"));
  server.on("/tmp", answer(302, "", {{"Location", "/old"}}));
  const auto permanent = get(server.url("/old"));
  ASSERT_TRUE(permanent) << permanent.error().message;
  EXPECT_EQ(permanent->body, "here");
  EXPECT_EQ(permanent->permanent_url, server.url("/new"));
  const auto mixed = get(server.url("/tmp"));
  ASSERT_TRUE(mixed);
  EXPECT_EQ(mixed->final_url, server.url("/new"));
  EXPECT_TRUE(mixed->permanent_url.empty());
}

TEST_F(FetchTest, ARedirectLoopEnds) {
  server.on("/loop", answer(302, "", {{"Location", "/loop"}}));
  const auto response = get(server.url("/loop"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::http);
  EXPECT_EQ(server.seen("/loop").size(), 6U);
}

TEST_F(FetchTest, OtherSchemesAreRefusedHereAndAfterARedirect) {
  int number = 0;
  for (const char* url : {"ftp://127.0.0.1/x",
                          "FTP://127.0.0.1/x",
                          "ftps://127.0.0.1/",
                          "file:///etc/passwd",
                          "FILE:///etc/passwd",
                          "file:/etc/passwd",
                          "file://localhost/etc/passwd",
                          "\tfile:///etc/passwd",
                          "f\nile:///etc/passwd",
                          "gopher://127.0.0.1:70/_x",
                          "dict://127.0.0.1:2628/d",
                          "ldap://127.0.0.1/",
                          "smb://127.0.0.1/s",
                          "scp://127.0.0.1/f",
                          "sftp://127.0.0.1/f",
                          "tftp://127.0.0.1/f",
                          "telnet://127.0.0.1/",
                          "smtp://127.0.0.1/",
                          "imap://127.0.0.1/",
                          "pop3://127.0.0.1/",
                          "rtsp://127.0.0.1/",
                          "mqtt://127.0.0.1/",
                          "ws://127.0.0.1/",
                          "data:text/plain,x",
                          "javascript:alert(1)",
                          "blob:http://127.0.0.1/x",
                          "about:blank",
                          "view-source:http://127.0.0.1/",
                          "unix:/run/control.sock",
                          "jar:http://127.0.0.1!/x"}) {
    const std::string path = "/to" + std::to_string(++number);
    std::string location(url);
    std::erase_if(location, [](char c) { return c == '\t' || c == '\n'; });
    server.on(path, answer(302, "", {{"Location", location}}));
    for (const std::string& from : {std::string(url), server.url(path)}) {
      const auto response = get(from);
      ASSERT_FALSE(response) << from;
      EXPECT_EQ(response.error().code, Errc::refused) << from;
    }
  }
}

TEST_F(FetchTest, ForbiddenAddressesAreRefusedInEverySpelling) {
  settings.allow_addresses.clear();
  settings.total_timeout = Milliseconds{5'000};
  server.on("/", answer(200, "secret"));
  const std::string port = ":" + std::to_string(server.port()) + "/";
  for (const char* host : {"127.0.0.1",
                           "127.1",
                           "127.0.1",
                           "2130706433",
                           "0x7f000001",
                           "0x7f.1",
                           "0x7F.0x0.0x0.0x1",
                           "0177.0.0.1",
                           "017700000001",
                           "0177.0x0.1",
                           "0",
                           "0.0.0.0",
                           "0x0",
                           "127.255.255.254",
                           "127.0.0.1.",
                           "localhost",
                           "LOCALHOST",

                           "user@127.0.0.1",
                           "a.example@127.0.0.1",
                           "%31%32%37.0.0.1",
                           "127%2e0%2E0.1",
                           "\uFF11\uFF12\uFF17.0.0.1",
                           "127\u30020\u3002\u0030.1",
                           "\u2460\u2461\u2466.0.0.1",
                           "[::1]",
                           "[::]",
                           "[0:0:0:0:0:0:0:1]",
                           "[0000::0001]",
                           "[::ffff:127.0.0.1]",
                           "[::ffff:7f00:1]",
                           "[::FFFF:0:0]",
                           "[::127.0.0.1]",
                           "[64:ff9b::7f00:1]",
                           "[2002:7f00:1::]",
                           "[fe80::1]",
                           "[fc00::1]",
                           "[ff02::1]",
                           "10.0.0.1",
                           "169.254.169.254",
                           "0xa9fea9fe",
                           "2852039166",
                           "192.168.1",
                           "[fd00:ec2::254]"}) {
    const auto response = get("http://" + std::string(host) + port);
    ASSERT_FALSE(response) << host;
    EXPECT_EQ(response.error().code, Errc::refused) << host << ": " << response.error().message;
  }
  EXPECT_TRUE(server.seen().empty());
}

TEST_F(FetchTest, ANameThatLeadsHomeIsRefused) {
  settings.allow_addresses.clear();
  const std::string port = std::to_string(server.port());
  settings.resolve = {"news.example:" + port + ":127.0.0.1"};
  const auto response = get("http://news.example:" + port + "/");
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::refused);
  EXPECT_THAT(response.error().message, HasSubstr("loopback"));
  EXPECT_THAT(response.error().message, HasSubstr("allow_addresses"));
  EXPECT_TRUE(server.seen().empty());
}

TEST_F(FetchTest, ARedirectToAForbiddenAddressIsRefused) {
  test::HttpServer inside;
  inside.on("/", answer(200, "secret"));
  settings.allow_addresses = {"127.0.0.1:" + std::to_string(server.port())};
  server.on("/out", answer(302, "", {{"Location", inside.url("/")}}));
  const auto response = get(server.url("/out"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::refused);
  EXPECT_TRUE(inside.seen().empty());
}

TEST_F(FetchTest, AConnectionKeptFromBeforeIsGuardedToo) {
  server.on("/", answer(200, "x"));
  ASSERT_TRUE(get(server.url("/")));
  FetchSettings strict = settings;
  strict.allow_addresses.clear();
  fetcher().update(strict);
  const auto response = get(server.url("/"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::refused);
  EXPECT_EQ(server.seen("/").size(), 1U);
}

TEST_F(FetchTest, EnvironmentProxiesAreIgnored) {
  test::HttpServer proxy;
  ::setenv("http_proxy", proxy.url("").c_str(), 1);
  server.on("/", answer(200, "direct"));
  const auto response = get(server.url("/"));
  ::unsetenv("http_proxy");
  ASSERT_TRUE(response) << response.error().message;
  EXPECT_EQ(response->body, "direct");
  EXPECT_TRUE(proxy.seen().empty());
}

TEST_F(FetchTest, BehindAProxyTheTargetIsGuarded) {
  test::HttpServer proxy;
  settings.proxy = proxy.url("");
  settings.allow_addresses.clear();
  const auto response = get("http://127.0.0.1:9/");
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::refused);
  EXPECT_TRUE(proxy.seen().empty());
}

TEST_F(FetchTest, CredentialsStayWithTheirOrigin) {
  test::HttpServer other;
  other.on("/x", answer(200));
  server.on("/same", answer(302, "", {{"Location", "/away"}}));
  server.on("/away", answer(302, "", {{"Location", other.url("/x")}}));
  FetchRequest request;
  request.url = server.url("/same");
  request.headers = {{"Authorization", "Bearer s"}, {"Accept", "text/html"}};
  ASSERT_TRUE(fetch(request));
  EXPECT_EQ(server.seen("/away").at(0).headers.at("authorization"), "Bearer s");
  EXPECT_FALSE(other.seen("/x").at(0).headers.contains("authorization"));
  EXPECT_EQ(other.seen("/x").at(0).headers.at("accept"), "text/html");
}

TEST_F(FetchTest, ForgedHeadersAndMethodsAreRefused) {
  FetchRequest request;
  request.url = server.url("/");
  for (const auto& header :
       Headers{{"Host", "b"}, {"Cookie", "a=b"}, {"Accept", "x\r\nHost: b"}, {"X-Forwarded-For", "1"}}) {
    request.headers = {header};
    const auto response = fetch(request);
    ASSERT_FALSE(response) << header.first;
    EXPECT_EQ(response.error().code, Errc::invalid);
  }
  request.headers.clear();
  request.method = "DELETE";
  EXPECT_FALSE(fetch(request));
  request.method = "GET";
  request.etag = "a\r\nHost: b";
  EXPECT_FALSE(fetch(request));
  EXPECT_TRUE(server.seen().empty());
}

TEST_F(FetchTest, PostsABodyAndBecomesGetBehindASeeOther) {
  server.on("/form", answer(303, "", {{"Location", "/done"}}));
  server.on("/done", answer(200, "ok"));
  FetchRequest request;
  request.url = server.url("/form");
  request.method = "POST";
  request.body = "a=1";
  ASSERT_TRUE(fetch(request));
  EXPECT_EQ(server.seen("/form").at(0).body, "a=1");
  EXPECT_EQ(server.seen("/done").at(0).method, "GET");
}

}  // namespace
}  // namespace pw::fetch
