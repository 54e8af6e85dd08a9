#include "watchlist/cut_list.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::watchlist {
namespace {

using testing::HasSubstr;

std::string cut(std::string_view text, std::string_view id) {
  const auto out = cut_list(text, id);
  EXPECT_TRUE(out) << (out ? "" : out.error().message);
  return out ? *out : "";
}

Errc refusal(std::string_view text, std::string_view id) {
  const auto out = cut_list(text, id);
  return out ? Errc::internal : out.error().code;
}

constexpr std::string_view kA = "[[watchlist]]\nid = \"a\"   # first\nkeywords = [\n  \"x\",  # why\n]\n";
constexpr std::string_view kB = "[[watchlist]]\n# inside\nquery = '''\nx OR\n[[watchlist]]\n'''\nid = \"b\"\n";
constexpr std::string_view kC = "[[watchlist]]\nid = \"c\"\nquery = 'y'\n[watchlist.names]\nBaku = [\"Баку\"]\n";

TEST(CutList, TakesTheTableAndItsSubTablesAndNothingElse) {
  const std::string text = "# ours\n\n" + std::string(kA) + "\n# of Dana\n" + std::string(kB) + "\n" + std::string(kC);
  EXPECT_EQ(cut(text, "b"), "# ours\n\n" + std::string(kA) + "\n# of Dana\n\n" + std::string(kC));
  EXPECT_EQ(cut(text, "c"), "# ours\n\n" + std::string(kA) + "\n# of Dana\n" + std::string(kB) + "\n");
  EXPECT_EQ(cut(text, "a"), "# ours\n\n# of Dana\n" + std::string(kB) + "\n" + std::string(kC)) << "one empty line";
}

TEST(CutList, TheOnlyListLeavesTheRestOfTheFile) {
  EXPECT_EQ(cut("[group]\nid = \"g\"\n\n" + std::string(kC), "c"), "[group]\nid = \"g\"\n\n");
  EXPECT_EQ(cut(kA, "a"), "");
}

TEST(CutList, LineEndsAndAMissingLastOneStay) {
  EXPECT_EQ(cut("[[watchlist]]\r\nid = \"a\"\r\n\r\n[[watchlist]]\r\nid = \"b\"", "a"), "[[watchlist]]\r\nid = \"b\"");
  EXPECT_EQ(cut("[[watchlist]]\nid = \"a\"\n[[watchlist]]\nid = \"b\"", "b"), "[[watchlist]]\nid = \"a\"\n");
}

TEST(CutList, RefusesWhatItCannotCutCleanly) {
  EXPECT_EQ(refusal("watchlist = [{ id = \"a\" }, { id = \"b\" }]\n", "a"), Errc::unsupported);
  EXPECT_EQ(refusal("[[watchlist]]\nid = \"a\"\n[group]\nid = \"g\"\n[[watchlist.x]]\nb = 1\n", "a"),
            Errc::unsupported);
  EXPECT_EQ(refusal("[[watchlist]]\nid = \n", "a"), Errc::unsupported);
  EXPECT_EQ(refusal(kA, "z"), Errc::not_found);
  EXPECT_EQ(refusal("", "z"), Errc::not_found);
}

}  // namespace
}  // namespace pw::watchlist
