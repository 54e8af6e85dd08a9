#include "app/check_settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace pw::app {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string joined(const std::vector<config::Problem>& problems) {
  std::string out;
  for (const config::Problem& one : problems) out += one.text() + '\n';
  return out;
}

std::string errors(const config::Settings& settings) {
  std::vector<config::Problem> problems;
  check_settings(settings, problems);
  return joined(problems);
}

/// A configuration that nothing is wrong with.
config::Settings good() {
  config::Settings out;
  out.file = "presswatch.toml";
  out.fetch.contact = "desk@news.test";
  out.sources.emplace_back().id = "a";
  out.watchlists.push_back(std::make_shared<const config::WatchlistSettings>());
  return out;
}

TEST(CheckSettings, TheDefaultsAreFine) {
  EXPECT_EQ(errors(good()), "");
  EXPECT_THAT(warnings_of(good()), IsEmpty());
}

TEST(CheckSettings, AddressesOfTheBus) {
  for (const auto& [address, message] : {std::pair{"tcp://0.0.0.0:7701", "only loopback"},
                                         {"tcp://127.0.0.1", "a port from 1 to 65535"},
                                         {"inproc://live", "nobody can subscribe"},
                                         {"ipc://live.sock", "absolute path"},
                                         {"", "is no address"}}) {
    config::Settings settings = good();
    settings.bus.live = address;
    settings.given["bus.live"] = {"presswatch.toml", 7, 3};
    EXPECT_THAT(errors(settings), HasSubstr(message)) << address;
    EXPECT_THAT(errors(settings), HasSubstr("presswatch.toml:7:3: bus.live: ")) << address;
  }
}

TEST(CheckSettings, AddressesThatAreTheSame) {
  config::Settings settings = good();
  settings.bus.log = "tcp://localhost:7701";
  EXPECT_THAT(errors(settings), HasSubstr("bus.log is the same as bus.live"));
  settings = good();
  settings.websub.listen = "0.0.0.0:7702";
  EXPECT_THAT(errors(settings), HasSubstr("websub.listen is the same as bus.log"));
  settings = good();
  settings.bus.live = "ipc:///run/p.sock";
  settings.daemon.control = "/run/x/../p.sock";
  EXPECT_THAT(errors(settings), HasSubstr("bus.live is the same as daemon.control"));
}

TEST(CheckSettings, NetworksTheProxyAndTheCallbackServer) {
  config::Settings settings = good();
  settings.fetch.allow_addresses = {"10.0.0.0/8", "10.0.0.0/33"};
  settings.given["fetch.allow_addresses"] = {"presswatch.toml", 9, 1};
  settings.websub.listen = "here:80";
  EXPECT_THAT(errors(settings), HasSubstr("presswatch.toml:9:1: allowed address \"10.0.0.0/33\" is not a network"));
  EXPECT_THAT(errors(settings), HasSubstr("\"here:80\" is not ADDRESS:PORT"));
}

TEST(CheckSettings, SourcesThatQueriesName) {
  config::Settings settings = good();
  config::WatchlistSettings list;
  list.query = "oil AND source:b";
  settings.watchlists.push_back(std::make_shared<const config::WatchlistSettings>(list));
  EXPECT_THAT(errors(settings), HasSubstr("there is no source \"b\""));
}

TEST(CheckSettings, AContactThatIsMissingOrReachesNobodyIsAWarning) {
  config::Settings settings = good();
  for (const char* contact : {"", "me", "desk@example.org", "https://www.example.com/bot", "https://desk.example"}) {
    settings.fetch.contact = contact;
    EXPECT_THAT(joined(warnings_of(settings)), HasSubstr("publishers expect")) << contact;
  }
  for (const char* contact : {"desk@counterexample.org", "https://news.test/bot"}) {
    settings.fetch.contact = contact;
    EXPECT_THAT(warnings_of(settings), IsEmpty()) << contact;
  }
  settings.fetch.contact = "";
  settings.fetch.user_agent = "desk-bot/1 (+https://news.test/)";
  EXPECT_THAT(warnings_of(settings), IsEmpty());
}

TEST(CheckSettings, NothingToWatchOrToLookForIsAWarning) {
  config::Settings settings = good();
  settings.sources[0].enabled = false;
  EXPECT_THAT(joined(warnings_of(settings)), HasSubstr("no source is enabled"));
  settings.sources.clear();
  settings.watchlists.clear();
  EXPECT_THAT(warnings_of(settings), SizeIs(2));
  EXPECT_THAT(joined(warnings_of(settings)), HasSubstr("there are no watchlists"));
}

}  // namespace
}  // namespace pw::app
