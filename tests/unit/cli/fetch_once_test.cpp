#include "cli/fetch_once.hpp"

#include "fakes/http_server.hpp"

#include <gtest/gtest.h>

namespace pw::cli {
namespace {

TEST(FetchOnce, KeepsToTheConfigurationAsTheDaemonDoes) {
  test::HttpServer server;
  server.on("/robots.txt", test::answer(404));
  server.on("/page", test::answer(200, "0123456789"));
  config::FetchSettings settings;
  settings.allow_addresses = {"127.0.0.0/8"};
  settings.user_agent = "newsdesk/1";
  settings.min_gap = Milliseconds{0};
  fetch::FetchRequest request;
  request.url = server.url("/page");
  const auto page = fetch_once(request, settings, false);
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(server.seen("/page").at(0).headers.at("user-agent"), "newsdesk/1");
  settings.max_body = 9;
  EXPECT_EQ(fetch_once(request, settings, false).error().code, Errc::too_large);
}

TEST(FetchOnce, PrivateAddressesOnlyIfAllowed) {
  test::HttpServer server;
  server.on("/page", test::answer(200));
  fetch::FetchRequest request;
  request.url = server.url("/page");
  EXPECT_EQ(fetch_once(request, {}, false).error().code, Errc::refused);
  EXPECT_TRUE(fetch_once(request, {}, true));
}

}  // namespace
}  // namespace pw::cli
