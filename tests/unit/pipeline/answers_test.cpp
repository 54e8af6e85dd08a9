#include "pipeline/answers.hpp"

#include "pipeline/plugin_call.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace pw::pipeline {
namespace {

using testing::HasSubstr;

TEST(Answers, APluginThatThrowsLosesItsTurnOnly) {
  const auto outcome = guarded([]() -> Result<int> { throw std::runtime_error("no such thing"); });
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, Errc::plugin);
  EXPECT_THAT(outcome.error().message, HasSubstr("no such thing"));
}

TEST(Answers, StatusesAreExplained) {
  fetch::FetchResponse response;
  response.final_url = "https://news.example/\x1b[31m";
  response.status = 403;
  EXPECT_THAT(status_error(response).message, HasSubstr("access is refused"));
  EXPECT_THAT(status_error(response).message, Not(HasSubstr("\x1b")));
  response.status = 429;
  EXPECT_EQ(status_error(response).code, Errc::busy);
  response.status = 503;
  response.headers = {{"cf-mitigated", "challenge"}};
  EXPECT_EQ(status_error(response).code, Errc::http);
  EXPECT_THAT(status_error(response).message, HasSubstr("Cloudflare"));
}

TEST(Answers, WhatMayPassIsTriedAgain) {
  EXPECT_TRUE(is_transient(fail(Errc::http, "x"), 500));
  EXPECT_TRUE(is_transient(fail(Errc::timeout, "x"), 0));
  EXPECT_FALSE(is_transient(fail(Errc::http, "x"), 404));
  EXPECT_FALSE(is_transient(fail(Errc::refused, "x"), 0));
}

TEST(Answers, AGzippedSitemapIsReadAsItsText) {
  fetch::FetchResponse response;
  response.body = "<urlset/>";
  EXPECT_EQ(decode_body(source::Plugin::Body::xml, response).text, "<urlset/>");
  response.body = "caf\xe9";
  EXPECT_EQ(decode_body(source::Plugin::Body::raw, response).text, "caf\uFFFD");
}

TEST(Answers, ADoubtfulCharsetIsSaid) {
  fetch::FetchResponse response;
  response.body = "<rss><channel><item><title>caf\xe9</title></item></channel></rss>";
  EXPECT_THAT(decode_body(source::Plugin::Body::xml, response).note, HasSubstr("guessed"));
  response.content_type = "text/xml; charset=utf-8";
  EXPECT_THAT(decode_body(source::Plugin::Body::xml, response).note, HasSubstr("not UTF-8"));
  response.content_type = "text/xml; charset=iso-8859-1";
  EXPECT_EQ(decode_body(source::Plugin::Body::xml, response).note, "");
}

TEST(Answers, ABodyIsReadWhereverItIsOne) {
  EXPECT_TRUE(is_readable(200));
  EXPECT_TRUE(is_readable(203));
  EXPECT_TRUE(is_readable(206));
  EXPECT_FALSE(is_readable(204));
  EXPECT_FALSE(is_readable(304));
  EXPECT_FALSE(is_readable(404));
}

}  // namespace
}  // namespace pw::pipeline
