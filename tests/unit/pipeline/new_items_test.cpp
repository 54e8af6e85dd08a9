#include "pipeline/new_items.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/fmt/fmt.h>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

constexpr Time kNow = from_ms(1772443800000);

source::Item item(int number, std::optional<Time> modified = {}) {
  source::Item out;
  out.id = fmt::format("n{}", number);
  out.hints.url = fmt::format("https://paper.example/{}", number);
  out.hints.title = fmt::format("Title {}", number);
  if (modified) out.hints.modified = StatedDate{*modified, true, ""};
  return out;
}

std::vector<store::KeyMatch> known(const std::vector<source::Item>& items, Time seen = kNow) {
  std::vector<store::KeyMatch> out;
  const std::vector<ItemKeys> keys = keys_of(items);
  for (std::size_t i = 0; i < items.size(); ++i) {
    store::KnownItem one;
    one.row = static_cast<std::int64_t>(i) + 1;
    one.seen = one.first_seen = seen;
    one.marks = marks_of(items[i]);
    one.marks.visited = seen;
    for (const Id& key : keys[i].all()) out.push_back({key, false, one});
  }
  return out;
}

Selection select(const std::vector<source::Item>& items, const std::vector<store::KeyMatch>& matches,
                 std::size_t max_items = 200, unsigned idle_visits = 0) {
  const std::vector<ItemKeys> keys = keys_of(items);
  return select_items(items, keys, matches, {max_items, {idle_visits, kNow}});
}

std::vector<std::string> ids(const Selection& selection) {
  std::vector<std::string> out;
  for (const Candidate& one : selection.candidates) out.push_back(one.item.id);
  return out;
}

TEST(NewItems, ComeOldestFirst) {
  EXPECT_THAT(ids(select({item(3), item(2), item(1)}, {})), ElementsAre("n1", "n2", "n3")) << "by the order";
  EXPECT_THAT(ids(select({item(1, kNow - 3h), item(2, kNow - 1h), item(3, kNow - 2h)}, {})),
              ElementsAre("n1", "n3", "n2"))
      << "by their dates";
}

TEST(NewItems, BeyondTheLimitTheNewestAreTakenAndTheOthersCounted) {
  const Selection selection = select({item(5), item(4), item(3), item(2), item(1)}, {}, 2);
  EXPECT_THAT(ids(selection), ElementsAre("n4", "n5"));
  EXPECT_EQ(selection.left, 3U);
}

TEST(NewItems, AnItemThatAnAnswerHoldsTwiceIsOne) {
  source::Item twice = item(1);
  twice.id = "another name";
  EXPECT_THAT(ids(select({item(1), twice, item(1)}, {})), ElementsAre("n1"));
}

TEST(NewItems, WhatIsKnownAndUnchangedIsLeftOut) {
  const Selection selection = select({item(2), item(1)}, known({item(1)}));
  EXPECT_THAT(ids(selection), ElementsAre("n2"));
  EXPECT_TRUE(selection.listed.empty());
  EXPECT_TRUE(selection.aliases.empty());
}

TEST(NewItems, BeingListedIsNotedOnceAWeek) {
  EXPECT_THAT(select({item(1)}, known({item(1)}, kNow - 24h * 8)).listed, ElementsAre(1));
}

TEST(NewItems, AnotherAddressOfAKnownItemIsNotedAndAnotherIdIsNot) {
  source::Item moved = item(1);
  moved.hints.url += "/moved";
  EXPECT_EQ(select({moved}, known({item(1)})).aliases.size(), 1U);
  source::Item renamed = item(1);
  renamed.id = "random";
  EXPECT_TRUE(select({renamed}, known({item(1)})).aliases.empty()) << "random ids would be kept for ever";
}

TEST(NewItems, ANewTitleIsWorthALook) {
  source::Item edited = item(1);
  edited.hints.title = "Corrected";
  const Selection selection = select({edited}, known({item(1)}));
  ASSERT_EQ(selection.candidates.size(), 1U);
  EXPECT_EQ(selection.candidates[0].revisit, Revisit::changed);
  EXPECT_EQ(selection.candidates[0].known->row, 1);
}

TEST(NewItems, ADateThatAlwaysSaysNowCostsAFewVisits) {
  std::vector<source::Item> items;
  for (int i = 0; i < 100; ++i) items.push_back(item(i));
  const auto matches = known(items, kNow - 1h);
  for (source::Item& one : items) one.hints.modified = StatedDate{kNow, true, ""};
  EXPECT_EQ(select(items, matches).candidates.size(), 20U);
  EXPECT_EQ(select(items, matches, 200, 4).candidates.size(), 2U) << "visits found nothing new lately";
  EXPECT_EQ(select(items, matches, 200, 20).candidates.size(), 0U) << "and they were an hour ago";
}

}  // namespace
}  // namespace pw::pipeline
