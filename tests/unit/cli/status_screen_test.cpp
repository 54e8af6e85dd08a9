#include "cli/status_screen.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace pw::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* kStatus = R"({
  "version": "0.1.0", "started": "2026-03-01T14:20:05.250Z", "uptime_ms": 273905000, "attention": [],
  "clock": {"now": "2026-03-04T18:25:10Z", "trusted": true, "steps": 0, "behind_ms": 400, "compared_with": 40,
            "synchronised": true},
  "disk": {"free_bytes": 53687091200, "size_bytes": 107374182400, "store_bytes": 1288490189, "wal_bytes": 0},
  "loop": {"longest_stall_ms": 1012, "recent_stall_ms": 3}, "pool": {"tasks": 2, "bytes": 12288, "waiting": 0},
  "retention": "on", "sources": 815, "sources_failing": 2,
  "sources_by_state": {"ok": 812, "blocked": 2, "silent": 1}, "unconfined_plugins": [], "watchlists": 120,
  "watchlists_muted": 3, "watchlists_quiet": 12, "alerts_deferred": 4, "alerts": 1204, "store": "ok",
  "last_alert": "2026-03-04T18:24:59Z",
  "fetch": {"requests": 10000, "not_modified": 4100, "failed": 20, "body_bytes": 5242880},
  "bus": {"sent": 1200, "live_connections": 3, "log_connections": 1, "state": "ok"},
  "metrics": "http://127.0.0.1:9464"})";

boost::json::object status() { return boost::json::parse(kStatus).get_object(); }

TEST(StatusScreen, WhenAllIsWell) {
  EXPECT_EQ(status_screen(status()), R"(presswatch 0.1.0 works, and nothing needs a person.

running     since 2026-03-01 14:20 UTC, for 3d4h
sources     815: 812 ok, 2 blocked, 1 silent
watchlists  120, 3 muted, 12 outside their active hours
alerts      1204 since the start, the last one at 2026-03-04 18:24 UTC; 4 wait
            for active hours
fetches     10000 since the start, 41 % not modified, 0 % failed, 5.0 MiB
store       ok; 1.2 GiB in the database, 50.0 GiB of 100.0 GiB free
retention   on
bus         ok; 1200 sent, 3 connected to LIVE, 1 to LOG
clock       2026-03-04T18:25:10Z, synchronised, 400ms behind 40 web servers
loop        blocked for 1s at most, 3ms in the last minutes
pool        2 tasks with 12.0 KiB, 0 wait for room
metrics     http://127.0.0.1:9464
)");
}

TEST(StatusScreen, WhatNeedsAPersonComesFirst) {
  auto in = status();
  in["attention"] = boost::json::parse(R"([
    {"severity": "critical", "about": "store", "what": "nothing can be stored: the disk is full", "advice": "wait"},
    {"severity": "warning", "about": "sources", "what": "kurier is silent", "advice": "nothing new for 3d"}])");
  EXPECT_THAT(status_screen(in), StartsWith(R"(presswatch 0.1.0: 2 things need a person.

!! nothing can be stored: the disk is full
   wait
!  kurier is silent
   nothing new for 3d

running )"));
  in["attention"].get_array().pop_back();
  EXPECT_THAT(status_screen(in), StartsWith("presswatch 0.1.0: one thing needs a person.\n"));
}

TEST(StatusScreen, NoLineHasMoreThan80Columns) {
  auto in = status();
  const std::string word(200, 'w');
  const std::string cyrillic = "Ведомости и прочее " + std::string("абвгдежзийклмнопрстуф");
  in["attention"] =
      boost::json::array{{{"severity", "warning"}, {"what", word + " " + cyrillic + " " + cyrillic}, {"advice", word}}};
  in["retention"] = "paused: the clock is in doubt; it resumes when the clock is right, or has kept this time for 23h";
  in["clock"].get_object()["trusted"] = false;
  in["clock"].get_object()["steps"] = 2;
  in["clock"].get_object()["expected"] = "2026-03-04T18:25:10Z";
  in["clock"].get_object()["last_step"] = "the clock went back by 1h at 2026-03-01T15:20:00Z";
  in["unconfined_plugins"] = boost::json::array{"one-plugin", "another-plugin", "a-third-plugin", "a-fourth-plugin"};
  std::istringstream lines(status_screen(in));
  for (std::string line; std::getline(lines, line);) {
    const auto columns = std::ranges::count_if(line, [](char c) { return (c & 0xc0) != 0x80; });
    EXPECT_LE(columns, 80) << line;
  }
  EXPECT_THAT(status_screen(in), HasSubstr("Ведомости"));
}

TEST(StatusScreen, AClockThatWasSetIsSaid) {
  auto in = status();
  auto& clock = in["clock"].get_object();
  clock["steps"] = 1;
  clock["last_step"] = "the clock went back by 1h at 2026-03-01T15:20:00Z";
  clock["synchronised"] = false;
  clock["behind_ms"] = -7200000;
  EXPECT_THAT(status_screen(in), HasSubstr(R"(
clock       2026-03-04T18:25:10Z, not synchronised by a time service, 2h ahead
            of 40 web servers; it was set once since the start: the clock went
            back by 1h at 2026-03-01T15:20:00Z
)"));
}

TEST(StatusScreen, TextFromOutsideIsEscapedAndMissingPartsAreLeftOut) {
  const std::string screen = status_screen(
      boost::json::parse(R"({"attention": [{"what": "a\u001b[31m", "advice": ""}, 7], "version": "1"})").get_object());
  EXPECT_THAT(screen, HasSubstr("a\\x1b[31m"));
  EXPECT_THAT(screen, Not(HasSubstr("clock")));
}

}  // namespace
}  // namespace pw::cli
