#include "fetch/http/response_headers.hpp"

#include <gtest/gtest.h>

namespace pw::fetch {
namespace {

constexpr Time kNow = from_ms(1'792'800'000'000);

FetchResponse with(Headers headers) {
  FetchResponse response;
  response.headers = std::move(headers);
  return response;
}

TEST(ResponseHeaders, OnlyTheLastResponseStays) {
  Headers headers;
  for (const char* line : {"HTTP/1.1 100 Continue\r\n", "X: 1\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "X-Y:  a b \r\n",
                           "nonsense\r\n", ": empty\r\n"}) {
    add_header_line(headers, line);
  }
  EXPECT_EQ(headers, (Headers{{"x-y", "a b"}}));
}

TEST(ResponseHeaders, ReadsRetryAfter) {
  EXPECT_EQ(parse_retry_after(" 120 ", kNow), Milliseconds{120'000});
  EXPECT_EQ(parse_retry_after("Thu, 01 Jan 1970 00:00:10 GMT", Time{}), Milliseconds{10'000});
  EXPECT_EQ(parse_retry_after("Thu, 01 Jan 1970 00:00:10 GMT", kNow), Milliseconds{0});
  EXPECT_EQ(parse_retry_after("Wed, 21 Oct 2015 07:28:00 GMT", kNow), Milliseconds{0});
  EXPECT_EQ(parse_retry_after("0", kNow), Milliseconds{0});
  for (const char* neither : {"soon", "-5", "1.5", "1, 1", "7 seconds", "1h", "", " "}) {
    EXPECT_EQ(parse_retry_after(neither, kNow), std::nullopt) << neither;
  }
  EXPECT_TRUE(parse_retry_after("99999999999999999999999", kNow));
}

TEST(ResponseHeaders, DatesAreCountedFromTheServersOwn) {
  FetchResponse response;
  EXPECT_EQ(sent_at(response, kNow), kNow);
  response.headers = {{"date", "Thu, 01 Jan 1970 00:00:05 GMT"}, {"retry-after", "Thu, 01 Jan 1970 00:00:10 GMT"}};
  EXPECT_EQ(sent_at(response, kNow), from_ms(5'000));
}

TEST(ResponseHeaders, ReadsFreshness) {
  EXPECT_EQ(freshness(with({{"cache-control", "public, max-age=\"60\""}, {"age", "70"}}), kNow), Milliseconds{0});
  EXPECT_EQ(freshness(with({{"cache-control", "Max-Age=60, no-store"}}), kNow), std::nullopt);
  EXPECT_EQ(
      freshness(with({{"expires", "Thu, 01 Jan 1970 00:01:00 GMT"}, {"date", "Thu, 01 Jan 1970 00:00:00 GMT"}}), kNow),
      Milliseconds{60'000});
  EXPECT_EQ(freshness(with({{"expires", "Sun, 06 Nov 1999999999 08:49:37 GMT"}}), kNow), std::nullopt);
  EXPECT_EQ(freshness(with({{"expires", "0"}}), kNow), std::nullopt);
  EXPECT_EQ(freshness(with({}), kNow), std::nullopt);
}

TEST(ResponseHeaders, LinkHeadersNameTheHubAndTheTopic) {
  FetchResponse response;
  response.final_url = "https://news.example/a/feed";
  response.headers = {{"link", "<https://hub.example/?a,b>; rel=\"other HUB\"; title=x, <../self>; rel=self"},
                      {"link", "<https://second.example/>; rel=hub"},
                      {"link", "<unclosed"}};
  EXPECT_EQ(response.linked("hub"), "https://hub.example/?a,b");
  EXPECT_EQ(response.linked("self"), "https://news.example/self");
  EXPECT_EQ(response.linked("next"), "");
}

}  // namespace
}  // namespace pw::fetch
