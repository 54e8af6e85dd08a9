#include "bus/input_ledger.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::bus {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class InputLedgerTest : public testing::Test {
 protected:
  /// The descriptors of those that are to be closed.
  std::vector<int> check(bool drained = true) {
    std::vector<int> out;
    const auto received = [this](int descriptor) -> std::optional<std::uint64_t> {
      const auto found = received_.find(descriptor);
      if (found == received_.end()) return std::nullopt;
      return found->second;
    };
    for (const auto& one : ledger_.check(now_, drained, received)) out.push_back(one.descriptor);
    return out;
  }

  InputLedger ledger_{{.per_connection = 1000, .total = 1500, .idle_rate = 10}};
  SteadyTime now_{1h};
  std::map<int, std::uint64_t> received_;
};

TEST_F(InputLedgerTest, AMessageWithoutAnEndIsCutAtTheLimit) {
  ledger_.opened(5, now_);
  received_[5] = 1000;
  EXPECT_THAT(check(), IsEmpty());
  received_[5] = 1001;
  EXPECT_THAT(check(), ElementsAre(5));
}

TEST_F(InputLedgerTest, WhoIsNewOrHasSentSomethingIsLookedAtSoon) {
  EXPECT_FALSE(ledger_.check_soon());
  ledger_.opened(5, now_);
  EXPECT_TRUE(ledger_.check_soon());
  received_[5] = 100;  // a handshake
  check();
  EXPECT_FALSE(ledger_.check_soon());
  InputLedger large;
  large.opened(5, now_);
  EXPECT_TRUE(large.check(now_, true, [](int) { return 5000; }).empty());
  EXPECT_TRUE(large.check_soon());
}

TEST_F(InputLedgerTest, WhatWasReadDoesNotCount) {
  ledger_.opened(5, now_);
  for (int i = 0; i < 100; ++i) {
    received_[5] += 900;
    ledger_.read(5, 880);  // with 20 bytes that nobody accounts for
    EXPECT_THAT(check(), IsEmpty());
  }
}

TEST_F(InputLedgerTest, WhoSendsFasterThanItIsReadIsCut) {
  ledger_.opened(5, now_);
  received_[5] = 10'000;
  ledger_.read(5, 9'000);
  EXPECT_THAT(check(false), IsEmpty());
  received_[5] = 20'000;
  ledger_.read(5, 9'500);
  EXPECT_THAT(check(false), ElementsAre(5));
}

TEST_F(InputLedgerTest, HeartbeatsOfAnIdleConnectionAreAllowed) {
  ledger_.opened(5, now_);
  for (int i = 0; i < 24 * 60; ++i) {
    now_ += 1min;
    received_[5] += 60 * 9;
    EXPECT_THAT(check(), IsEmpty());
  }
}

TEST_F(InputLedgerTest, AllTogetherAreBoundedAndTheGreediestGoesFirst) {
  for (const auto& [descriptor, bytes] : {std::pair{5, 400}, {6, 900}, {7, 500}, {8, 600}}) {
    ledger_.opened(descriptor, now_);
    received_[descriptor] = static_cast<std::uint64_t>(bytes);
  }
  EXPECT_THAT(check(), ElementsAre(6));
  ledger_.closed(6);
  EXPECT_THAT(check(), IsEmpty());
  EXPECT_EQ(ledger_.size(), 3U);
}

TEST_F(InputLedgerTest, OfWhatTheKernelDoesNotCountNothingIsSaid) {
  ledger_.opened(5, now_);
  ledger_.read(9, 5'000);  // of a connection that is gone
  EXPECT_THAT(check(), IsEmpty());
  EXPECT_EQ(ledger_.size(), 1U);
}

}  // namespace
}  // namespace pw::bus
