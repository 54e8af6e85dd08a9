#include "bus/subscription_ledger.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::bus {
namespace {

using testing::HasSubstr;

class SubscriptionLedgerTest : public testing::Test {
 protected:
  /// Returns the client to close; -1: none.
  int subscribe(int descriptor, std::string prefix) {
    auto excess = ledger_.subscribed(descriptor, std::move(prefix));
    why_ = std::move(excess.why);
    return excess.descriptor;
  }

  SubscriptionLedger ledger_{{.prefix = 10, .per_client = 3, .bytes_per_client = 20, .total = 5, .total_bytes = 30}};
  std::string why_;
};

TEST_F(SubscriptionLedgerTest, OneClientMayHaveSoManyAndSoMuch) {
  for (const char* prefix : {"A/", "H", "S/"}) EXPECT_EQ(subscribe(5, prefix), -1);
  EXPECT_EQ(subscribe(5, "A/"), -1) << "it has it already";
  EXPECT_EQ(subscribe(5, "B/"), 5);
  EXPECT_THAT(why_, HasSubstr("more than 3 subscriptions"));
  EXPECT_EQ(subscribe(6, "1234567890"), -1);
  EXPECT_EQ(subscribe(6, "1234567891"), -1);
  EXPECT_EQ(subscribe(6, "1"), 6);
}

TEST_F(SubscriptionLedgerTest, WhatIsGivenUpDoesNotCountAndWhatWasNotHadChangesNothing) {
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(subscribe(5, std::to_string(i)), -1);
    ledger_.unsubscribed(5, std::to_string(i));
  }
  EXPECT_EQ(ledger_.total(), 0U);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(subscribe(5, std::to_string(i)), -1);
    ledger_.unsubscribed(5, "x");
    ledger_.unsubscribed(6, std::to_string(i));
  }
  EXPECT_EQ(subscribe(5, "3"), 5);
}

TEST_F(SubscriptionLedgerTest, APrefixThatIsLongerThanEveryTopicIsRefused) {
  EXPECT_EQ(subscribe(5, std::string(10, 'x')), -1);
  EXPECT_EQ(subscribe(6, std::string(11, 'x')), 6);
  EXPECT_THAT(why_, HasSubstr("11 bytes"));
}

TEST_F(SubscriptionLedgerTest, OfAllClientsTheOneWithTheMostLeaves) {
  for (const char* prefix : {"a", "b", "c"}) EXPECT_EQ(subscribe(5, prefix), -1);
  for (const char* prefix : {"a", "b"}) EXPECT_EQ(subscribe(6, prefix), -1);
  EXPECT_EQ(subscribe(7, "a"), 5);
  EXPECT_EQ(ledger_.total(), 3U) << "what it had is on its way out";
  EXPECT_EQ(subscribe(5, "d"), -1) << "and so is what it still sends";
  EXPECT_EQ(ledger_.total(), 3U);
  ledger_.forget(5);
  EXPECT_EQ(subscribe(5, "d"), -1);
  EXPECT_EQ(ledger_.total(), 4U) << "the next one with that descriptor begins anew";
}

TEST_F(SubscriptionLedgerTest, TheBytesOfAllAreBoundedToo) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(subscribe(i, std::string(10, 'x')), -1);
  EXPECT_NE(subscribe(9, "x"), -1);
}

}  // namespace
}  // namespace pw::bus
