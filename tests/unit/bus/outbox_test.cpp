#include "bus/outbox.hpp"

#include <gtest/gtest.h>

namespace pw::bus {
namespace {

std::vector<StoredAlert> alerts(std::uint64_t from, std::uint64_t to) {
  std::vector<StoredAlert> out;
  for (std::uint64_t seq = from; seq <= to; ++seq) out.emplace_back().seq = seq;
  return out;
}

TEST(Outbox, GivesOnWhatWasPutInItsOrder) {
  Outbox outbox(10);
  std::deque<StoredAlert> taken;
  outbox.put(alerts(1, 2));
  EXPECT_TRUE(outbox.take(taken));
  outbox.put(alerts(3, 3));
  EXPECT_TRUE(outbox.take(taken));
  ASSERT_EQ(taken.size(), 3U);
  EXPECT_EQ(taken.back().seq, 3U);
}

TEST(Outbox, OfTooManyAlertsOnlyTheFactIsKept) {
  Outbox outbox(3);
  std::deque<StoredAlert> taken;
  outbox.put(alerts(1, 2));
  outbox.put(alerts(3, 4));
  outbox.put(alerts(5, 5));
  EXPECT_FALSE(outbox.take(taken));
  EXPECT_TRUE(taken.empty());
  outbox.put(alerts(6, 6));
  EXPECT_TRUE(outbox.take(taken));
  EXPECT_EQ(taken.size(), 1U);
}

TEST(Outbox, KeepsEveryHealthEvent) {
  Outbox outbox(1);
  std::deque<HealthEvent> taken;
  for (int i = 0; i < 5; ++i) outbox.put(HealthEvent{std::to_string(i), "{}"});
  outbox.take(taken);
  outbox.put(HealthEvent{"5", "{}"});
  outbox.take(taken);
  ASSERT_EQ(taken.size(), 6U);
  EXPECT_EQ(taken.back().source, "5");
}

}  // namespace
}  // namespace pw::bus
