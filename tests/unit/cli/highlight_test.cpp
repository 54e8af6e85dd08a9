#include "cli/highlight.hpp"

#include <gtest/gtest.h>

namespace pw::cli {
namespace {

TEST(Highlight, MarksRangesAndEscapesTheRest) {
  Palette palette(false);
  palette.mark = "<";
  palette.reset = ">";
  EXPECT_EQ(highlight("talks in Iran\x1b[0m", {{9, 13}}, palette), "talks in <Iran>\\x1b[0m");
}

TEST(Highlight, TheStyleGoesOnBehindAMark) {
  Palette palette(false);
  palette.mark = "<";
  palette.reset = ">";
  palette.bold = "*";
  EXPECT_EQ(highlight("talks in Iran today", {{9, 13}}, palette, palette.bold), "*talks in <Iran>* today>");
}

TEST(Highlight, RangesThatOverlapOrLieOutsideDoNoHarm) {
  Palette palette(false);
  palette.mark = "<";
  palette.reset = ">";
  EXPECT_EQ(highlight("abcdef", {{1, 3}, {2, 4}, {5, 99}, {3, 3}}, palette), "a<bc><d>ef");
}

TEST(Highlight, FindsEveryOccurrence) { EXPECT_EQ(find_words("Iran and Iran", {"Iran", ""}).size(), 2U); }

}  // namespace
}  // namespace pw::cli
