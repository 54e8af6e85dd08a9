#include "fakes/packed.hpp"
#include "fetch_fixture.hpp"
#include "runtime/pool.hpp"

#include <boost/asio/detached.hpp>
#include <gmock/gmock.h>

#include <cstdint>
#include <future>
#include <string>

namespace pw::fetch {
namespace {

using test::answer;
using test::gzip;
using test::Script;
using testing::HasSubstr;
using testing::IsEmpty;

TEST_F(FetchTest, ABombIsStoppedByItsRatio) {
  server.on("/bomb", answer(200, gzip(std::string(7U << 20U, '\0')), {{"Content-Encoding", "gzip"}}));
  const auto response = get(server.url("/bomb"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::too_large);
  EXPECT_THAT(response.error().message, HasSubstr("bomb"));
}

TEST_F(FetchTest, ABodyIsCountedDecoded) {
  settings.max_body = 100'000;
  server.on("/big", answer(200, gzip(std::string(100'001, 'x')), {{"Content-Encoding", "gzip"}}));
  server.on("/fits", answer(200, gzip(std::string(100'000, 'x')), {{"Content-Encoding", "gzip"}}));
  const auto response = get(server.url("/big"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::too_large);
  EXPECT_TRUE(get(server.url("/fits")));
}

TEST_F(FetchTest, AnEndlessBodyIsStopped) {
  Script script;
  script.chunks = {{"HTTP/1.1 200 OK\r\n\r\n", {}}, {std::string(65'536, 'x'), {}}};
  script.endless = true;
  server.on("/endless", script);
  const auto response = get(server.url("/endless"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::too_large);
}

TEST_F(FetchTest, ABodyWhoseEncodingIsNoneIsReadAsItIs) {
  int number = 0;
  for (const char* coding : {"UTF-8", "aws-chunked", "binary", "none", "identity", "", " , ,"}) {
    const std::string path = "/" + std::to_string(++number);
    server.on(path, answer(200, "news", {{"Content-Encoding", coding}}));
    const auto response = get(server.url(path));
    ASSERT_TRUE(response) << coding << ": " << response.error().message;
    EXPECT_EQ(response->body, "news") << coding;
    EXPECT_THAT(response->note, IsEmpty()) << coding;
  }
}

TEST_F(FetchTest, CompressionsAmongOtherNamesAreUndone) {
  server.on("/list", answer(200, gzip("news"), {{"Content-Encoding", "utf-8, gzip"}}));
  server.on("/lines", answer(200, gzip("news"), {{"Content-Encoding", "aws-chunked"}, {"Content-Encoding", "GZIP"}}));
  EXPECT_EQ(get(server.url("/list"))->body, "news");
  EXPECT_EQ(get(server.url("/lines"))->body, "news");
}

TEST_F(FetchTest, GzipIsReadToItsLastMember) {
  server.on("/two", answer(200, gzip("one ") + gzip("two") + std::string(64, '\0'), {{"Content-Encoding", "gzip"}}));
  const auto two = get(server.url("/two"));
  ASSERT_TRUE(two) << two.error().message;
  EXPECT_EQ(two->body, "one two");
  EXPECT_THAT(two->note, IsEmpty());
  EXPECT_FALSE(two->truncated);
}

TEST_F(FetchTest, ACutMemberGivesWhatItHasAndSaysSo) {
  server.on("/cut", answer(200, gzip("one ") + gzip("the rest of it").substr(0, 20), {{"Content-Encoding", "gzip"}}));
  const auto cut = get(server.url("/cut"));
  ASSERT_TRUE(cut) << cut.error().message;
  EXPECT_THAT(cut->body, testing::StartsWith("one "));
  EXPECT_TRUE(cut->truncated);
  EXPECT_THAT(cut->note, HasSubstr("gzip data is cut"));
}

TEST_F(FetchTest, RobotsRulesBehindAnOddEncodingHold) {
  settings.robots = true;
  server.on("/robots.txt", answer(200, "User-agent: *\nDisallow: /closed\n", {{"Content-Encoding", "UTF-8"}}));
  server.on("/open", answer(200, "news"));
  EXPECT_TRUE(get(server.url("/open")));
  EXPECT_EQ(get(server.url("/closed")).error().code, Errc::refused);
}

TEST_F(FetchTest, HalfOfARobotsRuleIsNone) {
  settings.robots = true;
  std::string damaged = gzip("open");
  damaged[10] = '\xFF';
  server.on("/robots.txt",
            answer(200, gzip("User-agent: *\nDisallow: /\nAllow: /") + damaged, {{"Content-Encoding", "gzip"}}));
  server.on("/news", answer(200, "news"));
  EXPECT_EQ(get(server.url("/news")).error().code, Errc::refused);
}

TEST_F(FetchTest, WhatCannotBeUnpackedIsAnErrorWhereTheBodyMatters) {
  std::string damaged = gzip("news");
  damaged[10] = '\xFF';
  server.on("/page", answer(200, damaged, {{"Content-Encoding", "gzip"}}));
  server.on("/packed", answer(200, "news", {{"Content-Encoding", "compress"}}));
  server.on("/gone", answer(410, damaged, {{"Content-Encoding", "gzip"}}));
  server.on("/moved", answer(301, damaged, {{"Content-Encoding", "gzip"}, {"Location", "/there"}}));
  server.on("/there", answer(200, "news"));
  const auto page = get(server.url("/page"));
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().code, Errc::io);
  EXPECT_THAT(page.error().message, HasSubstr("127.0.0.1: the server sent damaged compressed data"));
  EXPECT_EQ(get(server.url("/packed")).error().code, Errc::unsupported);
  const auto gone = get(server.url("/gone"));
  ASSERT_TRUE(gone) << gone.error().message;
  EXPECT_EQ(gone->status, 410);
  EXPECT_EQ(gone->body, "");
  EXPECT_THAT(gone->note, HasSubstr("damaged"));
  EXPECT_EQ(get(server.url("/moved"))->body, "news");
}

TEST_F(FetchTest, ALimitNamesItselfAndTheKeyThatRaisesIt) {
  settings.max_body = std::size_t{1} << 20U;
  server.on("/long", answer(200, std::string(1'500'000, 'x')));
  const auto usual = get(server.url("/long"));
  ASSERT_FALSE(usual);
  EXPECT_THAT(usual.error().message, HasSubstr("larger than 1 MiB; raise fetch.max_body"));
  FetchRequest request;
  request.url = server.url("/long");
  request.max_body = 1'499'999;
  EXPECT_THAT(fetch(request).error().message, HasSubstr("larger than 1499999 bytes, the limit of this request"));
  request.max_body = 1'500'000;
  const auto whole = fetch(request);
  ASSERT_TRUE(whole) << whole.error().message;
  EXPECT_EQ(whole->body.size(), 1'500'000U);
}

TEST_F(FetchTest, APrefixIsKeptWhereItIsWanted) {
  server.on("/plain", answer(200, "0123456789", {{"ETag", "\"1\""}}));
  server.on("/packed", answer(200, gzip("0123456789"), {{"Content-Encoding", "gzip"}}));
  for (const char* path : {"/plain", "/packed"}) {
    FetchRequest request;
    request.url = server.url(path);
    request.max_body = 4;
    request.keep_prefix = true;
    const auto cut = fetch(request);
    ASSERT_TRUE(cut) << cut.error().message;
    EXPECT_EQ(cut->status, 200);
    EXPECT_EQ(cut->body, "0123");
    EXPECT_TRUE(cut->truncated);
    EXPECT_THAT(cut->note, HasSubstr("cut at 4 bytes"));
    request.max_body = 10;
    EXPECT_FALSE(fetch(request)->truncated);
  }
}

TEST_F(FetchTest, APartOfTheWholeIsTruncated) {
  server.on("/part", answer(206, "news", {{"Content-Range", "bytes 0-3/10"}}));
  server.on("/silent", answer(206, "news"));
  server.on("/whole", answer(206, "news", {{"Content-Range", "bytes 0-3/4"}}));
  EXPECT_TRUE(get(server.url("/part"))->truncated);
  EXPECT_THAT(get(server.url("/part"))->note, HasSubstr("206"));
  EXPECT_TRUE(get(server.url("/silent"))->truncated);
  EXPECT_FALSE(get(server.url("/whole"))->truncated);
}

TEST_F(FetchTest, ALongCompressedBodyIsDecodedOnThePool) {
  settings.max_per_host = 2;
  runtime::Pool pool(1, {.tasks = 8, .bytes = std::size_t{1} << 20U});
  use_pool(pool);
  std::string text;
  for (std::uint64_t i = 1; text.size() < 200'000; ++i) text += std::to_string(i * i * 2'654'435'761U);
  ASSERT_GT(gzip(text).size(), 50'000U);
  server.on("/long", answer(200, gzip(text), {{"Content-Encoding", "gzip"}}));
  server.on("/short", answer(200, gzip("news"), {{"Content-Encoding", "gzip"}}));

  std::promise<void> go_on;
  auto wait = [future = go_on.get_future().share()] { future.wait(); };
  boost::asio::co_spawn(loop, pool.run(wait), boost::asio::detached);
  FetchRequest request;
  request.url = server.url("/long");
  std::optional<Result<FetchResponse>> result;
  start(request, result);
  EXPECT_TRUE(comes_true([&pool] { return pool.load().tasks == 2; }));
  EXPECT_FALSE(result);
  EXPECT_EQ(get(server.url("/short"))->body, "news");
  go_on.set_value();
  ASSERT_TRUE(comes_true([&result] { return result.has_value(); }));
  EXPECT_EQ((*result)->body, text);
}

/// An endless file name in the gzip header unpacks to nothing.
TEST_F(FetchTest, WhatUnpacksToNothingIsStoppedToo) {
  settings.max_body = 100'000;
  Script script;
  script.chunks = {
      {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + std::string("\x1f\x8b\x08\x08\0\0\0\0\0\x03", 10), {}},
      {std::string(65'536, 'x'), {}}};
  script.endless = true;
  server.on("/name", script);
  EXPECT_EQ(get(server.url("/name")).error().code, Errc::too_large);
}

}  // namespace
}  // namespace pw::fetch
