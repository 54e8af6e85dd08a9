#include "cli/table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace pw::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Table sample() {
  Table table({{"SOURCE", Column::left, 0},
               {"PLUGIN", Column::left, 2},
               {"POLLS", Column::right, 1},
               {"REASON", Column::rest, 0}});
  table.add({"times-of-israel", "feed", "12", "the server is slow or hangs, it will be tried again"});
  table.add({"jns", "feed", "3", "-"});
  return table;
}

TEST(Table, WithoutAWidthNothingIsLeftOut) {
  EXPECT_EQ(sample().text(0),
            "SOURCE           PLUGIN  POLLS  REASON\n"
            "times-of-israel  feed       12  the server is slow or hangs, it will be tried again\n"
            "jns              feed        3  -\n");
}

TEST(Table, ALongTextGoesOnBelow) {
  EXPECT_EQ(sample().text(60),
            "SOURCE           PLUGIN  POLLS  REASON\n"
            "times-of-israel  feed       12  the server is slow or hangs,\n"
            "                                it will be tried again\n"
            "jns              feed        3  -\n");
}

TEST(Table, WhatDoesNotFitIsLeftOutAndSaid) {
  const std::string text = sample().text(46);
  EXPECT_THAT(text, AllOf(HasSubstr("POLLS"), HasSubstr("\nnot shown in lines this short: PLUGIN (--json")));
  EXPECT_THAT(sample().text(40), AllOf(Not(HasSubstr(" 12 ")), HasSubstr("PLUGIN,\nPOLLS (--json")));
}

TEST(Table, NoLineIsLongerThanTheTerminal) {
  for (const std::size_t width : {std::size_t{50}, std::size_t{80}, std::size_t{100}}) {
    std::istringstream lines(sample().text(width));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(display_width(line), width) << line;
  }
}

TEST(Table, WidthsAreThoseOfATerminal) {
  EXPECT_EQ(display_width("Баку"), 4U);
  EXPECT_EQ(display_width("新聞"), 4U);
  EXPECT_EQ(display_width("e\u0301"), 1U);
}

TEST(Table, ATimeKeepsItsZone) {
  EXPECT_EQ(short_time("2026-03-01T15:20:00.250Z"), "2026-03-01 15:20Z");
  EXPECT_EQ(short_time("2026-03-01T15:20:00Z"), "2026-03-01 15:20Z");
  EXPECT_EQ(short_time("-"), "-");
}

}  // namespace
}  // namespace pw::cli
