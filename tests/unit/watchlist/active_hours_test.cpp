#include "watchlist/active_hours.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::watchlist {
namespace {

using namespace std::chrono;
using testing::HasSubstr;

/// 2026-03-02 is a Monday.
Time at(int day, int hour, int minute = 0) {
  return sys_days{year{2026} / March / 1} + days{day - 1} + hours{hour} + minutes{minute};
}

ActiveHours read(std::string_view open, std::string_view on, std::string_view zone) {
  auto out = ActiveHours::read(open, on, zone);
  EXPECT_TRUE(out) << (out ? "" : out.error().message);
  return *out;
}

TEST(ActiveHours, AreThoseOfThePlacesClocks) {
  const ActiveHours baku = read("08:00-20:00", "Mon-Fri", "Asia/Baku");  // UTC+4
  EXPECT_FALSE(baku.open(at(2, 3, 59)));
  EXPECT_TRUE(baku.open(at(2, 4)));
  EXPECT_TRUE(baku.open(at(2, 15, 59)));
  EXPECT_FALSE(baku.open(at(2, 16)));
  EXPECT_FALSE(baku.open(at(7, 10))) << "a Saturday";
  EXPECT_EQ(baku.next_open(at(2, 10)), at(2, 10)) << "it is open";
  EXPECT_EQ(baku.next_open(at(2, 17)), at(3, 4));
  EXPECT_EQ(baku.next_open(at(6, 20)), at(9, 4)) << "over the weekend";
}

TEST(ActiveHours, OverMidnightBelongToTheDayOnWhichTheyBegin) {
  const ActiveHours night = read("22:00-06:00", "Fri", "UTC");
  EXPECT_TRUE(night.open(at(6, 23)));
  EXPECT_TRUE(night.open(at(7, 5, 59)));
  EXPECT_FALSE(night.open(at(7, 6)));
  EXPECT_FALSE(night.open(at(6, 3))) << "that night began on Thursday";
}

TEST(ActiveHours, MayBeSeveralAndOnSeveralDays) {
  const ActiveHours shop = read("09:00-12:00, 13:00-24:00", "Sat-Mon, wednesday", "UTC");
  EXPECT_TRUE(shop.open(at(2, 23, 59)));
  EXPECT_FALSE(shop.open(at(2, 12, 30)));
  EXPECT_FALSE(shop.open(at(3, 10)));
  EXPECT_TRUE(shop.open(at(4, 10)));
  EXPECT_EQ(shop.next_open(at(2, 12, 30)), at(2, 13));
  EXPECT_EQ(shop.next_open(at(5, 10)), at(7, 9));
}

TEST(ActiveHours, FollowTheChangeOfTheClock) {
  // On Sunday 2026-03-29, clocks in Berlin change from 02:00 to 03:00.
  const ActiveHours berlin = read("08:00-10:00", "Mon-Sun", "Europe/Berlin");
  EXPECT_TRUE(berlin.open(at(28, 7)));
  EXPECT_FALSE(berlin.open(at(28, 6)));
  EXPECT_TRUE(berlin.open(at(29, 6)));
  EXPECT_FALSE(berlin.open(at(29, 8)));
  EXPECT_EQ(berlin.next_open(at(28, 12)), at(29, 6));
}

TEST(ActiveHours, TheOnlyDayComesAgainAfterAWeek) {
  EXPECT_EQ(read("08:00-09:00", "Mon", "UTC").next_open(at(2, 9)), at(9, 8));
}

TEST(ActiveHours, MistakesAreExplained) {
  const auto message = [](std::string_view open, std::string_view on, std::string_view zone) {
    const auto out = ActiveHours::read(open, on, zone);
    return out ? std::string() : out.error().message;
  };
  for (const char* hours : {"", "8-20", "08:00", "08:00-25:00", "08:60-09:00", "08:00-08:00", "24:00-08:00",
                            "a:00-b:00", "08:00-12:00,", "08:00-12:00-14:00"}) {
    EXPECT_THAT(message(hours, "Mon", "UTC"), HasSubstr("active.hours")) << hours;
  }
  for (const char* days : {"", "Mon-", "Montag-Freitag-x", "xyz"}) {
    EXPECT_THAT(message("08:00-09:00", days, "UTC"), HasSubstr("active.days")) << days;
  }
  EXPECT_THAT(message("08:00-09:00", "Mon", "Asia/Bakoo"), HasSubstr("did you mean \"Asia/Baku\"?"));
  EXPECT_THAT(message("08:00-09:00", "Mon", ""), HasSubstr("active.timezone"));
}

}  // namespace
}  // namespace pw::watchlist
