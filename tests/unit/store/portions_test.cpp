#include "fixture.hpp"

#include <gmock/gmock.h>

namespace pw::store {
namespace {

using ::testing::SizeIs;

class PortionsTest : public StoreTest {
 protected:
  Batch portion(const std::string& name, Portion which, std::vector<NewAlert> alerts) const {
    Batch made = batch(name, std::move(alerts));
    made.items.front().portion = which;
    return made;
  }
};

TEST_F(PortionsTest, ItsStoryIsKeptOverARestartUntilItsLastPortion) {
  open();
  const NewItem one = item("one");
  ASSERT_TRUE(submit(portion("one", Portion::beginning, {alert("a", "1")})));
  open();
  EXPECT_EQ(store_->unfinished_story("wire", "one", one.content).value(), one.story)
      << "an alert a story must not come twice";
  ASSERT_TRUE(submit(portion("one", Portion::beginning, {alert("a", "2")})));
  ASSERT_TRUE(submit(portion("one", Portion::last, {})));
  EXPECT_EQ(store_->unfinished_story("wire", "one", one.content).value(), std::nullopt);
}

TEST_F(PortionsTest, PortionsMadeAgainDoubleNothing) {
  open();
  ASSERT_TRUE(submit(portion("one", Portion::beginning, {alert("a", "1"), alert("b", "1")})));
  open();
  ASSERT_TRUE(submit(portion("one", Portion::beginning, {alert("a", "1"), alert("b", "1")})));
  Batch last = portion("one", Portion::last, {alert("c", "1")});
  last.items.front().suppressed = {{"quiet", true}};
  ASSERT_TRUE(submit(std::move(last)));
  EXPECT_THAT(committed(), SizeIs(3));
  EXPECT_EQ(committed().back().seq, 3U);
}

}  // namespace
}  // namespace pw::store
