/// How often a page is tried.
#include "pipeline/page_tries.hpp"

#include <gtest/gtest.h>
#include <spdlog/fmt/fmt.h>

namespace pw::pipeline {
namespace {

source::Item item(std::string id, std::string title) {
  source::Item out;
  out.id = std::move(id);
  out.hints.title = std::move(title);
  return out;
}

TEST(PageTries, APageIsTriedThreeTimes) {
  PageTries tries;
  EXPECT_TRUE(tries.failed(item("a", "Quintara")));
  EXPECT_TRUE(tries.failed(item("a", "Quintara")));
  EXPECT_FALSE(tries.failed(item("a", "Quintara")));
}

TEST(PageTries, APageWithoutHintsIsTriedThirtyTimes) {
  PageTries tries;
  for (int i = 1; i < 30; ++i) EXPECT_TRUE(tries.failed(item("a", ""))) << i;
  EXPECT_FALSE(tries.failed(item("a", "")));
}

TEST(PageTries, PagesHoldASourceForThreePolls) {
  PageTries tries;
  for (int poll = 0; poll < 3; ++poll) {
    EXPECT_TRUE(tries.failed(item(fmt::format("n{}", poll), "Quintara")));
    tries.end_poll(true);
  }
  EXPECT_FALSE(tries.failed(item("n3", "Quintara")));
  tries.end_poll(false);
  EXPECT_TRUE(tries.failed(item("n4", "Quintara")));
}

TEST(PageTries, ItemsThatLeftTheListingAreForgottenInTheEnd) {
  PageTries tries;
  for (std::size_t poll = 0; poll < 3 * PageTries::kMost; ++poll) {
    tries.failed(item(fmt::format("n{}", poll), ""));
    tries.end_poll(true);
    ASSERT_LE(tries.size(), PageTries::kMost);
  }
  EXPECT_EQ(tries.size(), PageTries::kMost);
}

TEST(PageTries, WhatIsStillListedIsNotForgotten) {
  PageTries tries;
  bool again = true;
  for (std::size_t poll = 1; again; ++poll) {
    ASSERT_LE(poll, 30U);
    again = tries.failed(item("listed", ""));
    for (std::size_t other = 0; other + 1 < PageTries::kMost; ++other) {
      tries.failed(item(fmt::format("n{} {}", poll, other), ""));
    }
    tries.end_poll(true);
  }
}

}  // namespace
}  // namespace pw::pipeline
