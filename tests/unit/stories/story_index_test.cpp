#include "stories/story_index.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>

namespace pw::stories {
namespace {

constexpr Time kNow = from_ms(1'700'000'000'000);

/// `count` words from a small vocabulary, determined by `seed`.
std::string words(std::uint32_t seed, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    seed = seed * 1664525 + 1013904223;
    text += "w" + std::to_string((seed >> 16) % 500) + " ";
  }
  return text;
}

Placement assign(StoryIndex& index, std::string_view title, std::string_view text, Time time,
                 std::string_view language) {
  return index.assign(sketch(title, text), time, language);
}

TEST(StoryIndex, ACopyIsTheSameStory) {
  StoryIndex index;
  const auto first = assign(index, "Bridge closed", words(1, 200), kNow, "en");
  const auto copy = assign(index, "BRIDGE closed!", words(1, 200), kNow + Milliseconds{1}, "en");
  EXPECT_TRUE(first.is_new);
  EXPECT_EQ(first.similarity, 0);
  EXPECT_FALSE(copy.is_new);
  EXPECT_EQ(copy.story, first.story);
  EXPECT_EQ(copy.similarity, 1);
  EXPECT_EQ(index.size(), 2u);
}

TEST(StoryIndex, WhatIsRecalledIsTheSameStory) {
  StoryIndex before;
  const auto first = assign(before, "Bridge closed", words(1, 200), kNow, "en");
  StoryIndex after;
  after.restore(first.story, sketch("Bridge closed", words(1, 200)), kNow, "en");
  EXPECT_EQ(assign(after, "BRIDGE closed!", words(1, 200), kNow + Milliseconds{1}, "en").story, first.story);
  EXPECT_TRUE(assign(after, "BRIDGE closed!", words(1, 200), kNow + Milliseconds{2}, "fr").is_new);
}

TEST(StoryIndex, AnEditedCopyWithAnotherTitleIsTheSameStory) {
  StoryIndex index;
  const auto first = assign(index, "Bridge closed after storm", words(1, 300), kNow, "en");
  const auto edited = assign(index, "Storm shuts the old bridge", words(1, 300) + words(9, 40), kNow, "en");
  EXPECT_EQ(edited.story, first.story);
  EXPECT_GT(edited.similarity, 0.6);
  EXPECT_LT(edited.similarity, 1);
}

TEST(StoryIndex, DifferentTextsOfTheSameWordsAreDifferentStories) {
  StoryIndex index;
  std::set<Id> stories;
  for (std::uint32_t seed = 1; seed <= 50; ++seed) {
    const auto placed = assign(index, "Daily report", words(seed * 7919, 300), kNow, "en");
    EXPECT_TRUE(placed.is_new) << seed;
    stories.insert(placed.story);
  }
  EXPECT_EQ(stories.size(), 50u);
}

TEST(StoryIndex, TheSameTextInAnotherLanguageIsAnotherStory) {
  StoryIndex index;
  const auto english = assign(index, "t", words(1, 100), kNow, "en");
  const auto french = assign(index, "t", words(1, 100), kNow, "fr");
  const auto unknown = assign(index, "t", words(1, 100), kNow, "");
  EXPECT_NE(english.story, french.story);
  EXPECT_NE(english.story, unknown.story);
  EXPECT_TRUE(unknown.is_new);
}

TEST(StoryIndex, ArticlesFurtherApartThanTheWindowAreDifferentStories) {
  StoryIndex index({.window = std::chrono::hours{1}});
  const auto first = assign(index, "t", words(1, 100), kNow, "en");
  const auto inside = assign(index, "t", words(1, 100), kNow + std::chrono::hours{1}, "en");
  EXPECT_EQ(inside.story, first.story);
  const auto before = assign(index, "t", words(1, 100), kNow - Milliseconds{1}, "en");
  EXPECT_EQ(before.story, first.story);
  const auto late = assign(index, "t", words(1, 100), kNow + std::chrono::hours{3}, "en");
  EXPECT_NE(late.story, first.story);
  EXPECT_EQ(index.size(), 1u);
}

TEST(StoryIndex, AnArticleThatArrivesOutOfOrderIsComparedWithinTheWindowOnly) {
  StoryIndex index({.window = std::chrono::hours{1}});
  const auto first = assign(index, "t", words(1, 100), kNow, "en");
  const auto old = assign(index, "t", words(1, 100), kNow - std::chrono::hours{2}, "en");
  EXPECT_TRUE(old.is_new);
  EXPECT_NE(old.story, first.story);
}

TEST(StoryIndex, TheOldestIsForgottenFirst) {
  StoryIndex index({.max_articles = 2});
  const auto first = assign(index, "t", words(1, 100), kNow, "en");
  const auto second = assign(index, "t", words(2, 100), kNow, "en");
  assign(index, "t", words(3, 100), kNow, "en");
  EXPECT_EQ(index.size(), 2u);
  EXPECT_EQ(assign(index, "t", words(2, 100), kNow, "en").story, second.story);
  EXPECT_NE(assign(index, "t", words(1, 100), kNow, "en").story, first.story);
}

TEST(StoryIndex, ManyCopiesStayOneStoryWhileOldOnesAreForgotten) {
  StoryIndex index({.max_articles = 100});
  const auto first = assign(index, "t", words(1, 100), kNow, "en");
  for (int i = 0; i < 500; ++i) EXPECT_EQ(assign(index, "t", words(1, 100), kNow, "en").story, first.story);
  EXPECT_EQ(index.size(), 100u);
}

TEST(StoryIndex, ArticlesWithoutWordsAreStoriesByThemselves) {
  StoryIndex index({.max_articles = 3});
  std::set<Id> stories;
  for (int i = 0; i < 5; ++i) {
    const auto placed = assign(index, " ... ", "\xff\xfe — ", kNow, "en");
    EXPECT_TRUE(placed.is_new);
    stories.insert(placed.story);
  }
  EXPECT_EQ(stories.size(), 5u);
  EXPECT_EQ(index.size(), 3u);
}

TEST(StoryIndex, ScriptsWithoutSpacesAreCompared) {
  StoryIndex index;
  const std::string text = "東京の橋は嵐のため閉鎖されたと市長が火曜日に発表した";
  const auto first = assign(index, "橋が閉鎖", text, kNow, "ja");
  EXPECT_EQ(assign(index, "橋が閉鎖", text + "。続報", kNow, "ja").story, first.story);
  EXPECT_TRUE(assign(index, "株価が上昇", "東京株式市場は輸出企業の決算を好感して続伸した", kNow, "ja").is_new);
}

TEST(StoryIndex, OnlyTheFirst64KibOfATextCount) {
  StoryIndex index;
  std::string long_text = words(1, 20'000);
  long_text.resize(64 * 1024);
  const auto first = assign(index, "t", long_text, kNow, "en");
  const auto longer = assign(index, "t", long_text + words(5, 50'000), kNow, "en");
  EXPECT_EQ(longer.story, first.story);
  EXPECT_EQ(longer.similarity, 1);
}

}  // namespace
}  // namespace pw::stories
