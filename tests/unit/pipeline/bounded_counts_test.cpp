#include "pipeline/bounded_counts.hpp"

#include <gtest/gtest.h>

namespace pw::pipeline {
namespace {

TEST(BoundedCounts, NamesBeyondTheBoundShareTheirCounts) {
  BoundedCounts<int> counts(2);
  ++*counts.of("a");
  ++*counts.of("b");
  ++*counts.of("c");
  ++*counts.of("d");
  ++*counts.of("a");
  EXPECT_EQ(counts.named().size(), 2U);
  EXPECT_EQ(*counts.named().at("a"), 2);
  EXPECT_EQ(*counts.others(), 2);
}

TEST(BoundedCounts, NothingCountedTogetherEverDecreases) {
  BoundedCounts<int> counts(1);
  const auto a = counts.of("a");
  const auto b = counts.of("b");
  *b += 5;
  counts.forget("a");
  counts.forget("b");
  EXPECT_EQ(*counts.others(), 5);
  ++*a;
  EXPECT_NE(counts.of("b"), counts.others()) << "there is a place for it now";
  EXPECT_EQ(*counts.of("b"), 0);
  EXPECT_EQ(*counts.others(), 5);
}

TEST(BoundedCounts, TheNameOfTheOthersIsNobodysOwn) {
  BoundedCounts<int> counts(5);
  EXPECT_EQ(counts.of("other"), counts.others());
}

TEST(BoundedCounts, KeepsOnlyWhatItIsToldTo) {
  BoundedCounts<int> counts(5);
  counts.of("a");
  counts.of("b");
  counts.keep_only([](const std::string& name) { return name == "b"; });
  EXPECT_EQ(counts.named().size(), 1U);
  EXPECT_TRUE(counts.named().contains("b"));
}

}  // namespace
}  // namespace pw::pipeline
