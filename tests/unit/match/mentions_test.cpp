#include "match/match.hpp"

#include <gtest/gtest.h>

namespace pw::match {
namespace {

std::size_t mentions(const std::string& query, std::string_view title, std::string_view text) {
  Watchlist list;
  list.id = "w";
  list.query = query;
  const auto set = WatchlistSet::compile(std::span(&list, 1));
  EXPECT_TRUE(set) << (set ? "" : set.error().message);
  Document document;
  document.title = title;
  document.text = text;
  const auto found = Matcher(*set).match(document);
  return found.empty() ? 0 : found[0].mentions;
}

TEST(Mentions, ArePlacesOfTitleAndTextTogether) {
  EXPECT_EQ(mentions("Iran", "Iran", "In Iran, Iran."), 3U);
  EXPECT_EQ(mentions("Iran OR Baku", "", "Baku, Iran, Baku"), 3U);
  EXPECT_EQ(mentions("Iran AND NOT Paris", "", "Iran"), 1U);
}

TEST(Mentions, AllCountThoughOnlyAFewAreShown) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "Iran said. ";
  EXPECT_EQ(mentions("Iran", "", text), 40U);
}

TEST(Mentions, PlacesThatOverlapAreOne) {
  EXPECT_EQ(mentions("\"Ilham Aliyev\" OR Aliyev OR Aliyev*", "", "Ilham Aliyev came. Aliyev left."), 2U);
  EXPECT_EQ(mentions("\"a b\" OR \"b c\" OR d", "", "a b c d"), 2U) << "a b c is one stretch, d stands behind it";
  EXPECT_EQ(mentions("Iran OR Iran*", "Iran", "Iran"), 2U) << "the title does not overlap the text";
}

}  // namespace
}  // namespace pw::match
