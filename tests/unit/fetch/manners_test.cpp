#include "fetch_fixture.hpp"
#include "runtime/pool.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <future>

namespace pw::fetch {
namespace {

using test::answer;
using test::Script;
using testing::HasSubstr;

FetchRequest request_of(const std::string& url) {
  FetchRequest request;
  request.url = url;
  return request;
}

TEST_F(FetchTest, VisitsToOneHostKeepTheirGap) {
  settings.min_gap = Milliseconds{150};
  server.on("/a", answer(200));
  std::array<std::optional<Result<FetchResponse>>, 3> results;
  for (auto& result : results) start(request_of(server.url("/a")), result);
  while ((!results[0] || !results[1] || !results[2]) && loop.run_one() != 0) {
  }
  const auto seen = server.seen("/a");
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_GE(seen[1].at - seen[0].at, Milliseconds{150});
  EXPECT_GE(seen[2].at - seen[1].at, Milliseconds{150});
}

TEST_F(FetchTest, OneHostHasOneConnection) {
  server.on("/slow", Script{{{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", Milliseconds{30}}}, false, false});
  std::array<std::optional<Result<FetchResponse>>, 4> results;
  for (auto& result : results) start(request_of(server.url("/slow")), result);
  while (!results[3] && loop.run_one() != 0) {
  }
  for (const auto& request : server.seen()) EXPECT_EQ(request.connection, 1);
}

TEST_F(FetchTest, AHangingHostDoesNotHoldUpAnother) {
  test::HttpServer hanging;
  hanging.on("/", Script{{{"", Milliseconds{60'000}}}, false, false});
  server.on("/", answer(200, "news"));
  std::array<std::optional<Result<FetchResponse>>, 3> stuck;
  for (auto& result : stuck) start(request_of(hanging.url("/")), result);
  const auto response = get(server.url("/"));
  ASSERT_TRUE(response);
  EXPECT_FALSE(stuck[0]);
  fetcher().cancel_all();
  while ((!stuck[0] || !stuck[1] || !stuck[2]) && loop.run_one() != 0) {
  }
  for (const auto& result : stuck) {
    ASSERT_TRUE(result && !*result);
    EXPECT_EQ(result->error().code, Errc::cancelled);
  }
  EXPECT_EQ(get(server.url("/")).error().code, Errc::cancelled);
}

/// Visits to hosts that accept connections but never respond.
template <std::size_t N>
struct HangingVisits {
  FetchRequest request(std::size_t i) {
    servers[i].on("/", Script{{{"", Milliseconds{60'000}}}, false, false});
    return request_of(servers[i].url("/"));
  }
  [[nodiscard]] bool under_way() const {
    return std::ranges::any_of(stuck, [](const auto& one) { return !one; });
  }

  std::array<test::HttpServer, N> servers;
  std::array<std::optional<Result<FetchResponse>>, N> stuck;
};

/// Half of the places are reserved for hosts that answer.
TEST_F(FetchTest, ManyHangingHostsLeaveRoomForThoseThatAnswer) {
  constexpr std::size_t kHanging = 4;
  settings.max_total = 4;
  settings.total_timeout = Milliseconds{3'000};
  server.on("/", answer(200, "news"));
  ASSERT_TRUE(get(server.url("/")));
  HangingVisits<kHanging> visits;
  for (std::size_t i = 0; i < kHanging; ++i) start(visits.request(i), visits.stuck[i]);
  ASSERT_TRUE(get(server.url("/")));
  ASSERT_TRUE(get(server.url("/")));
  EXPECT_FALSE(visits.stuck[0]) << "it waited until a host that hangs was given up";
  while (visits.under_way() && loop.run_one() != 0) {
    EXPECT_LE(fetcher().stats().active, 2U);
  }
  EXPECT_EQ(fetcher().stats().active, 0U);
  EXPECT_EQ(fetcher().stats().waiting, 0U);
}

/// There are two places for hosts that were never visited, and more than two of these hang.
TEST_F(FetchTest, AFirstVisitThatHearsNothingMakesRoomForAnother) {
  constexpr std::size_t kHanging = 3;
  settings.max_total = 4;
  settings.total_timeout = Milliseconds{60'000};
  server.on("/", answer(200, "news"));
  HangingVisits<kHanging> visits;
  for (std::size_t i = 0; i < kHanging; ++i) start(visits.request(i), visits.stuck[i]);
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_TRUE(get(server.url("/")));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, settings.total_timeout);
  ASSERT_TRUE(visits.stuck[0] && !*visits.stuck[0]);
  EXPECT_EQ(visits.stuck[0]->error().code, Errc::timeout);
  EXPECT_THAT(visits.stuck[0]->error().message, HasSubstr("while other hosts were waiting"));
  fetcher().cancel_all();
  while (visits.under_way() && loop.run_one() != 0) {
  }
}

TEST_F(FetchTest, TheTotalCapHolds) {
  settings.max_total = 1;
  test::HttpServer other;
  server.on("/", Script{{{"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", Milliseconds{50}}}, false, false});
  other.on("/", answer(200));
  std::array<std::optional<Result<FetchResponse>>, 2> results;
  start(request_of(server.url("/")), results[0]);
  start(request_of(other.url("/")), results[1]);
  while ((!results[0] || !results[1]) && loop.run_one() != 0) {
    EXPECT_LE(fetcher().stats().active, 1U);
  }
  ASSERT_EQ(other.seen().size(), 1U);
  EXPECT_GE(other.seen()[0].at - server.seen()[0].at, Milliseconds{40});
}

TEST_F(FetchTest, RetryAfterHoldsWhoWasAskedForIt) {
  server.on("/a", answer(429, "", {{"Retry-After", "3600"}}));
  const auto first = get(server.url("/a"));
  ASSERT_TRUE(first);
  EXPECT_EQ(first->retry_after, Milliseconds{3'600'000});
  const auto second = get(server.url("/b"));
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::busy);
  EXPECT_THAT(second.error().message, HasSubstr("pause"));
  EXPECT_EQ(server.seen().size(), 1U);
}

TEST_F(FetchTest, ThePauseOfOneSourceHoldsAnotherOnlyIfItMeetsOneToo) {
  server.on("/a", answer(429, "", {{"Retry-After", "3600"}}));
  server.on("/b", answer(503, "", {{"Retry-After", "3600"}}));
  server.on("/c", answer(200, "news"));
  const auto get_as = [this](const std::string& owner, const std::string& path) {
    FetchRequest request = request_of(server.url(path));
    request.owner = owner;
    return fetch(std::move(request));
  };
  ASSERT_EQ(get_as("a", "/a")->status, 429);
  EXPECT_EQ(get_as("a", "/c").error().code, Errc::busy);
  EXPECT_EQ(get_as("c", "/c")->body, "news");
  ASSERT_EQ(get_as("b", "/b")->status, 503);
  EXPECT_EQ(get_as("c", "/c").error().code, Errc::busy);
  fetcher().forget_owner("a");
  EXPECT_EQ(get_as("c", "/c").error().code, Errc::busy) << "b met one too";
  fetcher().forget_owner("b");
  EXPECT_EQ(get_as("c", "/c")->body, "news");
  EXPECT_EQ(get_as("a", "/c")->body, "news");
}

TEST_F(FetchTest, RetryAfterMayBeADate) {
  const std::time_t when = std::time(nullptr) + 3'600;
  char date[64] = "";
  std::tm utc{};
  std::strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&when, &utc));
  server.on("/a", answer(503, "", {{"Retry-After", date}}));
  const auto first = get(server.url("/a"));
  ASSERT_TRUE(first);
  ASSERT_TRUE(first->retry_after);
  EXPECT_NEAR(static_cast<double>(first->retry_after->count()), 3.6e6, 5e3);
  EXPECT_EQ(get(server.url("/b")).error().code, Errc::busy);
  EXPECT_EQ(server.seen().size(), 1U);
}

TEST_F(FetchTest, ARobotsFileThatAsksForAPauseHoldsTheHost) {
  settings.robots = true;
  server.on("/robots.txt", answer(429, "", {{"Retry-After", "3600"}}));
  server.on("/", answer(200));
  EXPECT_EQ(get(server.url("/")).error().code, Errc::refused);
  EXPECT_EQ(get(server.url("/")).error().code, Errc::busy);
  EXPECT_EQ(server.seen().size(), 1U);
}

TEST_F(FetchTest, RetryAfterTurnsAwayThoseWhoWaitAlready) {
  server.on("/a", answer(503, "", {{"Retry-After", "3600"}}));
  std::array<std::optional<Result<FetchResponse>>, 2> results;
  for (auto& result : results) start(request_of(server.url("/a")), result);
  while ((!results[0] || !results[1]) && loop.run_one() != 0) {
  }
  EXPECT_EQ(results[1]->error().code, Errc::busy);
  EXPECT_EQ(fetcher().stats().waiting, 0U);
}

TEST_F(FetchTest, AShortPauseIsWaitedFor) {
  server.on("/a", answer(503, "", {{"Retry-After", "1"}}));
  server.on("/a", answer(200, "back"));
  ASSERT_TRUE(get(server.url("/a")));
  const auto second = get(server.url("/a"));
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(second->body, "back");
  EXPECT_GE(server.seen()[1].at - server.seen()[0].at, Milliseconds{900});
}

TEST_F(FetchTest, RobotsIsAskedOnceAndObeyed) {
  settings.robots = true;
  server.on("/robots.txt", answer(200, "User-agent: presswatch\nDisallow: /private\n"));
  server.on("/private/x", answer(200));
  server.on("/open", answer(200, "news"));
  const auto refused = get(server.url("/private/x"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::refused);
  EXPECT_THAT(refused.error().message, HasSubstr("robots.txt"));
  EXPECT_TRUE(get(server.url("/open")));
  EXPECT_EQ(server.seen("/robots.txt").size(), 1U);
  EXPECT_TRUE(server.seen("/private/x").empty());
}

TEST_F(FetchTest, RobotsStandsOnTheWayOfARedirect) {
  settings.robots = true;
  server.on("/robots.txt", answer(200, "User-agent: *\nDisallow: /private\n"));
  server.on("/go", answer(302, "", {{"Location", "/private"}}));
  EXPECT_EQ(get(server.url("/go")).error().code, Errc::refused);
  EXPECT_TRUE(server.seen("/private").empty());
}

/// Keeps the only thread of a pool busy until open().
struct Busy {
  Busy(boost::asio::io_context& loop, runtime::Pool& pool) {
    auto wait = [opened = gate.get_future().share()] { opened.wait(); };
    boost::asio::co_spawn(loop, pool.run(std::move(wait)), boost::asio::detached);
  }
  void open() { gate.set_value(); }

  std::promise<void> gate;
};

std::string many_rules() {
  std::string rules = "User-agent: *\n";
  for (int i = 0; i < 2'000; ++i) rules += "Disallow: /closed" + std::to_string(i) + "\n";
  return rules;
}

/// While the pool is busy, the loop continues and the page waits for its rules.
TEST_F(FetchTest, RobotsRulesAreParsedOnThePool) {
  settings.robots = true;
  server.on("/robots.txt", answer(200, "User-agent: *\nDisallow: /closed\n"));
  server.on("/open", answer(200, "news"));
  runtime::Pool pool(1, {8, 1U << 20U});
  use_pool(pool);
  Busy busy(loop, pool);
  std::optional<Result<FetchResponse>> open;
  start(request_of(server.url("/open")), open);
  ASSERT_TRUE(comes_true([&] { return !server.seen("/robots.txt").empty() && pool.backlog() == 1; }));
  loop.poll();
  EXPECT_TRUE(server.seen("/open").empty());
  busy.open();
  while (!open && loop.run_one() != 0) {
  }
  EXPECT_EQ((*open)->body, "news");
  EXPECT_EQ(get(server.url("/closed")).error().code, Errc::refused);
}

TEST_F(FetchTest, LongRobotsRulesAreSearchedOnThePool) {
  settings.robots = true;
  server.on("/robots.txt", answer(200, many_rules()));
  server.on("/open", answer(200, "news"));
  runtime::Pool pool(1, {8, 1U << 20U});
  use_pool(pool);
  ASSERT_TRUE(get(server.url("/open")));
  Busy busy(loop, pool);
  std::optional<Result<FetchResponse>> closed;
  start(request_of(server.url("/closed1999")), closed);
  ASSERT_TRUE(comes_true([&] { return fetcher().stats().active == 1 && pool.backlog() == 1; }));
  loop.poll();
  EXPECT_FALSE(closed);
  busy.open();
  while (!closed && loop.run_one() != 0) {
  }
  EXPECT_EQ(closed->error().code, Errc::refused);
  EXPECT_EQ(server.seen("/robots.txt").size(), 1U);
}

/// By its coroutine, or together with all others.
TEST_F(FetchTest, AFetchIsCancelledWhileThePoolWorksForIt) {
  settings.robots = true;
  server.on("/robots.txt", answer(200, many_rules()));
  for (const bool all : {false, true}) {
    runtime::Pool pool(1, {8, 1U << 20U});
    Busy busy(loop, pool);
    Fetcher with_pool(loop.get_executor(), settings, clock, &pool);
    boost::asio::cancellation_signal signal;
    std::optional<Result<FetchResponse>> result;
    boost::asio::co_spawn(
        loop, with_pool.fetch(request_of(server.url("/open"))),
        boost::asio::bind_cancellation_slot(signal.slot(), [&result](const std::exception_ptr& error, auto answered) {
          if (error) std::rethrow_exception(error);
          result.emplace(std::move(answered));
        }));
    const std::size_t asked = all ? 2 : 1;
    ASSERT_TRUE(comes_true([&] { return server.seen("/robots.txt").size() == asked && pool.backlog() == 1; }));
    loop.poll();
    if (all) {
      with_pool.cancel_all();
    } else {
      signal.emit(boost::asio::cancellation_type::terminal);
    }
    busy.open();
    while (!result && loop.run_one() != 0) {
    }
    ASSERT_TRUE(result && !*result);
    EXPECT_EQ(result->error().code, Errc::cancelled);
  }
  EXPECT_TRUE(server.seen("/open").empty());
}

/// Nothing is fetched that would only wait for the pool, in memory.
TEST_F(FetchTest, AFetchWaitsUntilThePoolHasRoom) {
  server.on("/open", answer(200, "news"));
  runtime::Pool pool(1, {1, 1U << 20U});
  use_pool(pool);
  Busy busy(loop, pool);
  std::optional<Result<FetchResponse>> open;
  start(request_of(server.url("/open")), open);
  ASSERT_TRUE(comes_true([&] { return pool.load().waiting == 1; }));
  EXPECT_EQ(fetcher().stats().active, 1U);
  EXPECT_EQ(fetcher().stats().exchanges, 0U);
  busy.open();
  while (!open && loop.run_one() != 0) {
  }
  EXPECT_EQ((*open)->body, "news");
  EXPECT_EQ(pool.load().tasks, 0U);
}

TEST_F(FetchTest, AFetchIsCancelledWhileItWaitsForRoom) {
  runtime::Pool pool(1, {1, 1U << 20U});
  use_pool(pool);
  Busy busy(loop, pool);
  boost::asio::cancellation_signal signal;
  std::optional<Result<FetchResponse>> result;
  boost::asio::co_spawn(
      loop, fetcher().fetch(request_of(server.url("/open"))),
      boost::asio::bind_cancellation_slot(signal.slot(), [&result](const std::exception_ptr& error, auto answered) {
        if (error) std::rethrow_exception(error);
        result.emplace(std::move(answered));
      }));
  ASSERT_TRUE(comes_true([&] { return pool.load().waiting == 1; }));
  signal.emit(boost::asio::cancellation_type::terminal);
  ASSERT_TRUE(comes_true([&] { return result.has_value(); }));
  EXPECT_EQ(result->error().code, Errc::cancelled);
  EXPECT_EQ(pool.load().waiting, 0U);
  EXPECT_EQ(fetcher().stats().active, 0U);
  busy.open();
  pool.join();
}

TEST_F(FetchTest, MissingRobotsAllowsAndBrokenRobotsForbids) {
  settings.robots = true;
  server.on("/", answer(200));
  EXPECT_TRUE(get(server.url("/")));
  test::HttpServer broken;
  broken.on("/robots.txt", answer(503));
  broken.on("/", answer(200));
  const auto response = get(broken.url("/"));
  ASSERT_FALSE(response);
  EXPECT_EQ(response.error().code, Errc::refused);
  EXPECT_THAT(response.error().message, HasSubstr("503"));
  EXPECT_TRUE(broken.seen("/").empty());
}

TEST_F(FetchTest, RobotsFollowsRedirects) {
  settings.robots = true;
  server.on("/robots.txt", answer(301, "", {{"Location", "/r"}}));
  server.on("/r", answer(200, "User-agent: *\nDisallow: /\n"));
  EXPECT_EQ(get(server.url("/x")).error().code, Errc::refused);
}

TEST_F(FetchTest, CrawlDelayIsAFloorOfTheGap) {
  settings.robots = true;
  server.on("/robots.txt", answer(200, "User-agent: *\nCrawl-delay: 0.3\n"));
  server.on("/", answer(200));
  ASSERT_TRUE(get(server.url("/")));
  ASSERT_TRUE(get(server.url("/")));
  const auto seen = server.seen();
  ASSERT_EQ(seen.size(), 3U);
  EXPECT_GE(seen[2].at - seen[0].at, Milliseconds{270});
}

TEST_F(FetchTest, ACancelledCoroutineGivesItsTurnBack) {
  server.on("/hang", Script{{{"", Milliseconds{60'000}}}, false, false});
  server.on("/", answer(200));
  boost::asio::cancellation_signal signal;
  std::optional<Result<FetchResponse>> result;
  boost::asio::co_spawn(loop, fetcher().fetch(request_of(server.url("/hang"))),
                        boost::asio::bind_cancellation_slot(
                            signal.slot(), [&result](const std::exception_ptr&, Result<FetchResponse> answered) {
                              result.emplace(std::move(answered));
                            }));
  while (server.seen("/hang").empty()) loop.run_one_for(Milliseconds{20});
  signal.emit(boost::asio::cancellation_type::terminal);
  while (!result && loop.run_one() != 0) {
  }
  EXPECT_EQ(result->error().code, Errc::cancelled);
  EXPECT_EQ(fetcher().stats().active, 0U);
  EXPECT_TRUE(get(server.url("/")));
}

TEST_F(FetchTest, SettingsThatCannotBeReadThrow) {
  settings.allow_addresses = {"nonsense"};
  EXPECT_THROW(fetcher(), std::invalid_argument);
}

}  // namespace
}  // namespace pw::fetch
