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
  /// Returns the descriptors to close.
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
    ledger_.read(5);
    EXPECT_THAT(check(), IsEmpty());
  }
}

TEST_F(InputLedgerTest, WhoSendsFasterThanItIsReadIsCut) {
  ledger_.opened(5, now_);
  for (const std::uint64_t bytes : {500, 1000}) {
    received_[5] = bytes;
    ledger_.read(5);
    EXPECT_THAT(check(false), IsEmpty());
  }
  received_[5] = 1500;
  ledger_.read(5);
  EXPECT_THAT(check(false), ElementsAre(5));
}

TEST_F(InputLedgerTest, WhatClosedConnectionsLeftBehindCountsUntilItIsRead) {
  // Each closes before it exceeds the limit, and the next one reuses its descriptor.
  for (int i = 0; i < 2; ++i) {
    ledger_.opened(5, now_);
    received_[5] = 700;
    EXPECT_THAT(check(false), IsEmpty());
    ledger_.closed(5);
  }
  ledger_.opened(5, now_);
  received_[5] = 200;
  EXPECT_THAT(check(false), IsEmpty());  // small enough to stay
  InputLedger strict({.per_connection = 1'000'000, .total = 1'000'000, .idle_rate = 10});
  strict.opened(5, now_);
  EXPECT_TRUE(strict.check(now_, false, [](int) { return 999'000; }).empty());
  strict.closed(5);
  strict.opened(5, now_);
  strict.opened(6, now_);
  const auto received = [](int descriptor) { return descriptor == 5 ? 5'000 : 500; };
  const auto cut = strict.check(now_, false, received);
  ASSERT_EQ(cut.size(), 1U);
  EXPECT_EQ(cut[0].descriptor, 5);
  EXPECT_TRUE(strict.check(now_, true, received).empty());
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
  InputLedger ledger({.per_connection = 100'000, .total = 150'000, .idle_rate = 10});
  std::map<int, std::uint64_t> bytes{{5, 40'000}, {6, 90'000}, {7, 50'000}, {8, 60'000}};
  for (const auto& [descriptor, ignored] : bytes) ledger.opened(descriptor, now_);
  const auto received = [&](int descriptor) { return bytes.at(descriptor); };
  const auto cut = ledger.check(now_, true, received);
  ASSERT_EQ(cut.size(), 1U);
  EXPECT_EQ(cut[0].descriptor, 6);
  ledger.closed(6);
  EXPECT_TRUE(ledger.check(now_, true, received).empty());
  EXPECT_EQ(ledger.size(), 3U);
}

TEST_F(InputLedgerTest, OfWhatTheKernelDoesNotCountNothingIsSaid) {
  ledger_.opened(5, now_);
  ledger_.read(9);  // of a closed connection
  EXPECT_THAT(check(), IsEmpty());
  EXPECT_EQ(ledger_.size(), 1U);
}

}  // namespace
}  // namespace pw::bus
