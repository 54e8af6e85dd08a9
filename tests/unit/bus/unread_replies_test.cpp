#include "bus/unread_replies.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::bus {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class UnreadRepliesTest : public testing::Test {
 protected:
  std::map<int, std::size_t> in_kernel_;
  UnreadReplies unread_{[this](int descriptor) { return in_kernel_[descriptor]; },
                        {.per_client = 100, .total = 1000, .settle = 2ms, .patience = 30s, .patience_when_full = 2s}};
  SteadyTime now_{1h};
};

TEST_F(UnreadRepliesTest, AClientWithMuchUnreadGetsNoMoreUntilItHasReadIt) {
  EXPECT_TRUE(unread_.may_send(5, now_));
  unread_.sent(5, 100, now_);
  EXPECT_TRUE(unread_.may_send(5, now_));
  unread_.sent(5, 1, now_);
  EXPECT_FALSE(unread_.may_send(5, now_ + 1ms));  // all of it may still be in libzmq
  in_kernel_[5] = 40;
  EXPECT_FALSE(unread_.may_send(5, now_ + 5ms));
  EXPECT_TRUE(unread_.may_send(6, now_ + 5ms));
  in_kernel_[5] = 0;
  EXPECT_TRUE(unread_.may_send(5, now_ + 6ms));
  EXPECT_EQ(unread_.total(), 0U);
}

TEST_F(UnreadRepliesTest, AllClientsTogetherAreBounded) {
  for (int i = 0; i < 9; ++i) {
    in_kernel_[i] = 10;
    unread_.sent(i, 100, now_);
  }
  now_ += 5ms;
  EXPECT_TRUE(unread_.room(100, now_));
  EXPECT_FALSE(unread_.room(101, now_));
  in_kernel_[3] = 0;
  EXPECT_TRUE(unread_.room(101, now_));
  unread_.closed(4);
  EXPECT_EQ(unread_.total(), 700U);
}

TEST_F(UnreadRepliesTest, OnlyWhoReadsNothingAtAllIsStalled) {
  in_kernel_[5] = in_kernel_[6] = 50;
  unread_.sent(5, 500, now_);
  unread_.sent(6, 500, now_);
  for (int i = 0; i < 29; ++i) {
    now_ += 1s;
    --in_kernel_[6];
    EXPECT_THAT(unread_.stalled(now_, false), IsEmpty()) << i;
  }
  now_ += 2s;
  --in_kernel_[6];
  EXPECT_THAT(unread_.stalled(now_, false), ElementsAre(5));
}

TEST_F(UnreadRepliesTest, WhileOthersFindNoRoomPatienceIsShort) {
  in_kernel_[5] = 50;
  unread_.sent(5, 1000, now_);
  now_ += 1s;
  EXPECT_THAT(unread_.stalled(now_, true), IsEmpty());
  now_ += 2s;
  EXPECT_THAT(unread_.stalled(now_, false), IsEmpty());
  EXPECT_THAT(unread_.stalled(now_, true), ElementsAre(5));
}

TEST_F(UnreadRepliesTest, ABlockedConnectionWaitsUntilTheKernelIsRidOfIt) {
  in_kernel_[5] = 50;
  unread_.blocked(5, now_);
  unread_.blocked(5, now_);
  EXPECT_FALSE(unread_.may_send(5, now_ + 5ms));
  in_kernel_[5] = 0;
  EXPECT_TRUE(unread_.may_send(5, now_ + 6ms));
  EXPECT_EQ(unread_.total(), 0U);
  unread_.blocked(-1, now_);
  unread_.sent(-1, 5000, now_);
  EXPECT_TRUE(unread_.may_send(-1, now_));
  EXPECT_EQ(unread_.total(), 0U);
}

}  // namespace
}  // namespace pw::bus
