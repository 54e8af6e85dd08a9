#include "fakes/fake_web.hpp"

#include "fakes/fake_clock.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <optional>

namespace pw::test {
namespace {

class FakeWebTest : public testing::Test {
 protected:
  using Fetched = std::optional<Result<fetch::FetchResponse>>;

  static fetch::FetchRequest to(const std::string& url) {
    fetch::FetchRequest request;
    request.url = url;
    return request;
  }
  /// A slot serves one request at a time.
  void start(fetch::FetchRequest request, Fetched& result, boost::asio::cancellation_slot slot = {}) {
    auto done = [&result](std::exception_ptr error, Result<fetch::FetchResponse> answer) {
      if (error) std::rethrow_exception(error);
      result.emplace(std::move(answer));
    };
    boost::asio::co_spawn(loop, web.fetch(std::move(request)), boost::asio::bind_cancellation_slot(slot, done));
  }
  Result<fetch::FetchResponse> fetch(fetch::FetchRequest request) {
    Fetched result;
    start(std::move(request), result);
    loop.restart();
    while (!result && loop.run_one() != 0) {
    }
    return result ? std::move(*result) : Result<fetch::FetchResponse>(fail(Errc::internal, "never answered"));
  }

  FakeClock clock;
  boost::asio::io_context loop;
  FakeWeb web{loop.get_executor(), clock};
};

TEST_F(FakeWebTest, AnswersWhatItWasToldAndRemembersTheRequests) {
  web.on("http://a.example/", web_answer(200, "news", {{"content-type", "text/html"}}));
  web.on("http://a.example/gone", fail(Errc::timeout, "hangs"));
  const auto page = fetch(to("http://a.example/"));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->body, "news");
  EXPECT_EQ(page->content_type, "text/html");
  EXPECT_EQ(page->final_url, "http://a.example/");
  EXPECT_EQ(page->fetched, clock.now());
  EXPECT_EQ(fetch(to("http://a.example/gone")).error().code, Errc::timeout);
  EXPECT_EQ(fetch(to("http://b.example/"))->status, 404);
  EXPECT_EQ(web.requests().size(), 3U);
  EXPECT_EQ(web.count("http://a.example/"), 1U);
}

TEST_F(FakeWebTest, HonoursValidatorsOfTheUrlThatSentThem) {
  web.on("u", web_answer(200, "news", {{"etag", "W/\"1\""}, {"last-modified", "then"}}));
  fetch::FetchRequest request = to("u");
  request.etag = "\"1\"";
  EXPECT_TRUE(fetch(request)->not_modified);
  request.etag = "\"2\"";
  request.last_modified = "then";
  EXPECT_EQ(fetch(request)->body, "news") << "an ETag goes before a date";
  request.etag.clear();
  EXPECT_EQ(fetch(request)->status, 304);
  request.validators_of = "v";
  EXPECT_EQ(fetch(request)->status, 200);
}

TEST_F(FakeWebTest, CutsOrRefusesLongBodies) {
  web.on("u", web_answer(200, "0123456789"));
  fetch::FetchRequest request = to("u");
  request.max_body = 4;
  EXPECT_EQ(fetch(request).error().code, Errc::too_large);
  request.keep_prefix = true;
  const auto cut = fetch(request);
  EXPECT_EQ(cut->body, "0123");
  EXPECT_TRUE(cut->truncated);
}

TEST_F(FakeWebTest, FollowsRedirects) {
  web.redirect("a", "b", 301);
  web.redirect("b", "c", 308);
  web.redirect("x", "a");
  web.redirect("loop", "loop");
  web.on("c", web_answer(200, "here"));
  EXPECT_EQ(fetch(to("a"))->permanent_url, "c");
  EXPECT_EQ(fetch(to("x"))->final_url, "c");
  EXPECT_EQ(fetch(to("x"))->permanent_url, "");
  EXPECT_EQ(fetch(to("loop")).error().code, Errc::http);
}

TEST_F(FakeWebTest, AClosedUrlAnswersOnceItIsOpened) {
  web.on("u", web_answer(200));
  web.close("u");
  Fetched held;
  start(to("u"), held);
  EXPECT_EQ(fetch(to("v"))->status, 404);
  EXPECT_FALSE(held);
  EXPECT_EQ(web.active(), 1U);
  EXPECT_EQ(web.most_active(), 2U);
  web.open("u");
  while (!held && loop.run_one() != 0) {
  }
  EXPECT_EQ((*held)->status, 200);
  EXPECT_EQ(web.active(), 0U);
}

TEST_F(FakeWebTest, WaitingRequestsEndWhenTheyAreCancelled) {
  web.close("u");
  boost::asio::cancellation_signal signal;
  Fetched one;
  start(to("u"), one, signal.slot());
  loop.poll();
  signal.emit(boost::asio::cancellation_type::terminal);
  loop.restart();
  while (!one && loop.run_one() != 0) {
  }
  EXPECT_EQ(one->error().code, Errc::cancelled);
  Fetched two;
  start(to("u"), two);
  loop.restart();
  loop.poll();
  web.cancel_all();
  while (!two && loop.run_one() != 0) {
  }
  EXPECT_EQ(two->error().code, Errc::cancelled);
  EXPECT_EQ(fetch(to("v")).error().code, Errc::cancelled);
}

}  // namespace
}  // namespace pw::test
