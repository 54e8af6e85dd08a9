#include "bus/live_input.hpp"

#include <gtest/gtest.h>

namespace pw::bus {
namespace {

using namespace std::chrono_literals;

class LiveInputTest : public testing::Test {
 protected:
  /// Receives `bytes` more from a client. Returns the client to close; -1: none.
  int send(int descriptor, std::uint64_t bytes) {
    const auto excess = input_.received(descriptor, sent_[descriptor] += bytes, now_);
    return excess ? excess->descriptor : -1;
  }

  LiveInput input_{{.per_client = 1000, .total = 1500, .handshake = 100, .idle_rate = 10}};
  SteadyTime now_{1h};
  std::map<int, std::uint64_t> sent_;
};

TEST_F(LiveInputTest, WhoSendsMoreThanIsReadIsClosed) {
  input_.opened(5, now_);
  EXPECT_EQ(send(5, 1100), -1) << "100 are the handshake";
  EXPECT_EQ(send(5, 1), 5);
}

TEST_F(LiveInputTest, WhatIsReadDoesNotCount) {
  input_.opened(5, now_);
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(send(5, 900), -1);
    input_.read(5, 900);
  }
}

TEST_F(LiveInputTest, ReadingMayBeHeardOfBeforeTheBytesThatWereRead) {
  input_.opened(5, now_);
  EXPECT_EQ(send(5, 100), -1);
  input_.read(5, 5000);
  EXPECT_EQ(send(5, 5900), -1);
  EXPECT_EQ(send(5, 500), 5);
}

TEST_F(LiveInputTest, HeartbeatsOfAnIdleClientAreAllowedButNotSavedUp) {
  input_.opened(5, now_);
  for (int i = 0; i < 24 * 60; ++i) {
    now_ += 1min;
    EXPECT_EQ(send(5, 590), -1);
  }
  now_ += 24h;
  EXPECT_EQ(send(5, 1000), -1);
  EXPECT_EQ(send(5, 2000), 5);
}

TEST_F(LiveInputTest, OfAllClientsTheOneWithTheMostIsClosed) {
  for (int one = 5; one < 8; ++one) input_.opened(one, now_);
  EXPECT_EQ(send(5, 600), -1);
  EXPECT_EQ(send(6, 900), -1);
  EXPECT_EQ(send(7, 400), 6);
  input_.closed(6);
  EXPECT_EQ(send(7, 10), -1);
  EXPECT_EQ(input_.size(), 2U);
}

TEST_F(LiveInputTest, ADescriptorThatComesAgainIsANewClient) {
  input_.opened(5, now_);
  EXPECT_EQ(send(5, 900), -1);
  input_.opened(5, now_);
  sent_[5] = 0;
  EXPECT_EQ(send(5, 900), -1);
  EXPECT_EQ(send(4, 5000), -1) << "nobody knows it";
}

}  // namespace
}  // namespace pw::bus
