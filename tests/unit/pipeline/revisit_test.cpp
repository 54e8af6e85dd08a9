#include "pipeline/revisit.hpp"

#include "pipeline/item_identity.hpp"

#include <gtest/gtest.h>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr Time kNow = from_ms(1772443800000);

class RevisitTest : public testing::Test {
 protected:
  RevisitTest() {
    item_.id = "1";
    item_.hints.title = "Title";
    item_.hints.text = "Text";
    known_.first_seen = known_.marks.visited = kNow - 1h;
    known_.marks = marks_of(item_);
    known_.marks.visited = kNow - 1h;
  }
  Revisit ask(unsigned idle_visits = 0) { return revisit(item_, known_, {idle_visits, kNow}); }

  source::Item item_;
  store::KnownItem known_;
};

TEST_F(RevisitTest, NothingNewIsNoReason) { EXPECT_EQ(ask(), Revisit::none); }

TEST_F(RevisitTest, ANewerDateIsOneAnOlderIsNot) {
  item_.hints.modified = StatedDate{kNow - 2h, true, ""};
  EXPECT_EQ(ask(), Revisit::none) << "from before it was first seen";
  item_.hints.modified = StatedDate{kNow, true, ""};
  EXPECT_EQ(ask(), Revisit::dated);
  known_.marks.modified = kNow;
  EXPECT_EQ(ask(), Revisit::none);
}

TEST_F(RevisitTest, DatesThatNeverMeantAnythingAreBelievedMoreRarely) {
  item_.hints.modified = StatedDate{kNow, true, ""};
  EXPECT_EQ(ask(2), Revisit::dated);
  EXPECT_EQ(ask(4), Revisit::dated) << "after 20 minutes";
  EXPECT_EQ(ask(10), Revisit::none) << "after 21 hours";
}

TEST_F(RevisitTest, ANewTitleIsAlwaysAReason) {
  item_.hints.title = "Another title";
  EXPECT_EQ(ask(100), Revisit::changed);
}

TEST_F(RevisitTest, ANewTextIsOneWhereItCostsNoVisit) {
  item_.hints.text = "Another text, with the number of its readers: 17";
  EXPECT_EQ(ask(100), Revisit::none);
  item_.complete = true;
  EXPECT_EQ(ask(100), Revisit::changed);
}

TEST(RestBetweenVisits, GrowsToADay) {
  EXPECT_EQ(rest_between_visits(0), 0ms);
  EXPECT_EQ(rest_between_visits(3), 10min);
  EXPECT_EQ(rest_between_visits(5), 40min);
  EXPECT_EQ(rest_between_visits(1000), 24h);
}

}  // namespace
}  // namespace pw::pipeline
