#include "text/date/wire_date.hpp"

#include "text/date/date.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace pw::text {
namespace {

constexpr Time kNow = from_ms(1'770'000'000'000);

TEST(WireDate, ReadsTheTwoSpellingsOfFeeds) {
  EXPECT_EQ(read_wire_date("Tue, 03 Mar 2026 10:00:00 GMT")->time, from_ms(1'772'532'000'000));
  EXPECT_EQ(read_wire_date("3 Mar 2026 12:00 +0200")->time, from_ms(1'772'532'000'000));
  EXPECT_EQ(read_wire_date("2026-03-03T10:00:00Z")->time, from_ms(1'772'532'000'000));
  EXPECT_EQ(read_wire_date("2026-03-03T05:00:00.25-05:00")->time, from_ms(1'772'532'000'250));
}

TEST(WireDate, LeavesEverythingElseToTheGeneralReader) {
  for (const char* text : {"", "Tue, 03 Mar 2026 10:00:00 EST", "Tue, 30 Feb 2026 10:00:00 GMT", "2026-03-03",
                           "2026-03-03T24:00:00Z", "2026-03-03T10:00:00", "2026-03-03T10:00:00Z extra",
                           "Tue, 03 Mar 26 10:00:00 GMT", "2026-3-03T10:00:00Z", "Tue, 03 Mar 2026 10:00:00 +0",
                           "2026-03-03T10:00:00.Z", "03 Mar 2026 1:00:00 GMT", "2026-03-03T10:00:00+99:00"}) {
    EXPECT_FALSE(read_wire_date(text)) << text;
  }
}

/// For texts similar to the two formats, valid or not: whatever the fast path accepts, the general parser parses to the
/// same date.
TEST(WireDate, AgreesWithTheGeneralReader) {
  std::mt19937 random(7);
  const auto pick = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  const auto two = [](int value) { return std::string(value < 10 ? "0" : "") + std::to_string(value); };
  const char* const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
                                "Aug", "Sep", "Oct", "Nov", "Dec", "Mai"};
  const char* const zones[] = {"GMT", "+0000", "-0530", "+1400", "Z", "UT", "UTC", "EST", "+15", ""};
  int read = 0;
  for (int i = 0; i < 20'000; ++i) {
    const bool iso = pick(2) == 0;
    const std::string clock = two(pick(26)) + ":" + two(pick(62)) + (pick(4) == 0 ? "" : ":" + two(pick(62)));
    const std::string year = std::to_string(1700 + pick(600));
    const std::string text = iso ? year + "-" + two(pick(14)) + "-" + two(pick(33)) + "T" + clock +
                                       (pick(3) == 0 ? ".1234" : "") +
                                       (pick(2) == 0 ? "Z" : "+0" + std::to_string(pick(9)) + ":30")
                                 : std::string(pick(2) == 0 ? "Mon, " : "") + std::to_string(pick(33)) + " " +
                                       months[pick(13)] + " " + year + " " + clock + " " + zones[pick(10)];
    const auto quick = read_wire_date(text);
    if (!quick) continue;
    ++read;
    const auto general = parse_date(text, kNow);
    ASSERT_TRUE(general) << text;
    EXPECT_EQ(*quick, *general) << text;
  }
  EXPECT_GT(read, 5'000);
}

}  // namespace
}  // namespace pw::text
