#include "fakes/fake_clock.hpp"
#include "fetch/throttle/host_throttle.hpp"
#include "fetch/throttle/owner_queue.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace pw::fetch {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Reach = Holds::Reach;

constexpr Milliseconds kMinute{60'000};

class OwnerTurns : public testing::Test {
 protected:
  OwnerTurns()
      : throttle(std::make_shared<HostThrottle>(
            loop.get_executor(), HostThrottle::Limits{1, 4, Milliseconds{0}, Milliseconds{2'000}}, clock)) {}
  ~OwnerTurns() override {
    throttle->cancel_all();
    slots.clear();
    run();
  }

  /// Requests a slot at the host; adds the owner to `order` when granted, to `busy` when rejected.
  void ask(const std::string& owner, const std::string& host = "h") {
    boost::asio::co_spawn(loop, throttle->take(host, owner),
                          [this, owner](std::exception_ptr, Result<HostThrottle::Slot> slot) {
                            if (slot) {
                              order.push_back(owner);
                              slots.push_back(std::move(*slot));
                            } else if (slot.error().code == Errc::busy) {
                              busy.push_back(owner);
                            }
                          });
    run();
  }
  void end_visit() {
    ASSERT_FALSE(slots.empty());
    slots.erase(slots.begin());
    run();
  }
  void run() {
    loop.restart();
    loop.poll();
  }
  void wait_until_asked(std::size_t turns) {
    loop.restart();
    while (order.size() < turns && loop.run_one() != 0) {
    }
  }

  test::FakeClock clock;
  SystemClock real;
  boost::asio::io_context loop;
  std::shared_ptr<HostThrottle> throttle;
  std::vector<HostThrottle::Slot> slots;
  std::vector<std::string> order;
  std::vector<std::string> busy;
};

TEST_F(OwnerTurns, OneThatAsksForMuchDelaysAnotherByOneVisit) {
  for (int i = 0; i < 4; ++i) ask("much");
  ask("little");
  ask("little");
  while (!slots.empty()) end_visit();
  EXPECT_THAT(order, ElementsAre("much", "much", "little", "much", "little", "much"));
  EXPECT_EQ(throttle->waiting(), 0U);
}

TEST_F(OwnerTurns, ThoseWithoutAnOwnerAreOne) {
  for (int i = 0; i < 3; ++i) ask("");
  ask("a");
  while (!slots.empty()) end_visit();
  EXPECT_THAT(order, ElementsAre("", "", "a", ""));
}

TEST_F(OwnerTurns, APauseHoldsTheOwnerThatWasAskedForIt) {
  throttle->hold("h", "greedy", kMinute, Reach::owner);
  ask("greedy");
  ask("other");
  EXPECT_THAT(busy, ElementsAre("greedy"));
  EXPECT_THAT(order, ElementsAre("other"));
  ask("greedy", "elsewhere");
  EXPECT_THAT(order, ElementsAre("other", "greedy"));
  clock.pass(kMinute);
  end_visit();
  ask("greedy");
  EXPECT_THAT(order, ElementsAre("other", "greedy", "greedy"));
}

TEST_F(OwnerTurns, APauseTurnsAwayOnlyThoseOfItsOwner) {
  ask("greedy");
  ask("greedy");
  ask("other");
  throttle->hold("h", "greedy", kMinute, Reach::owner);
  run();
  EXPECT_THAT(busy, ElementsAre("greedy"));
  end_visit();
  EXPECT_THAT(order, ElementsAre("greedy", "other"));
  EXPECT_EQ(throttle->waiting(), 0U);
}

TEST_F(OwnerTurns, TwoPausesHoldTheHostUntilTheLaterEnd) {
  throttle->hold("h", "a", kMinute, Reach::owner);
  clock.pass(Milliseconds{5'000});
  throttle->hold("h", "b", Milliseconds{20'000}, Reach::owner);
  ask("c");
  EXPECT_THAT(busy, ElementsAre("c"));
  clock.pass(Milliseconds{40'000});
  ask("b");
  EXPECT_THAT(busy, ElementsAre("c", "b"));
  clock.pass(Milliseconds{15'000});
  ask("c");
  EXPECT_THAT(order, ElementsAre("c"));
}

TEST_F(OwnerTurns, PausesOneAfterTheOtherDoNotHoldTheHost) {
  throttle->hold("h", "a", kMinute, Reach::owner);
  clock.pass(kMinute);
  throttle->hold("h", "b", kMinute, Reach::owner);
  ask("c");
  EXPECT_THAT(order, ElementsAre("c"));
  EXPECT_THAT(busy, IsEmpty());
}

TEST_F(OwnerTurns, APauseOfNoTimeIsNone) {
  throttle->hold("h", "a", kMinute, Reach::owner);
  throttle->hold("h", "b", Milliseconds{0}, Reach::owner);
  ask("b");
  EXPECT_THAT(order, ElementsAre("b"));
}

TEST_F(OwnerTurns, OneOwnerAloneNeverHoldsTheHost) {
  throttle->hold("h", "a", kMinute, Reach::owner);
  throttle->hold("h", "a", kMinute * 2, Reach::owner);
  ask("b");
  EXPECT_THAT(order, ElementsAre("b"));
  clock.pass(kMinute);
  ask("a");
  EXPECT_THAT(busy, ElementsAre("a"));
}

TEST_F(OwnerTurns, ForgettingAnOwnerEndsItsPause) {
  throttle->hold("h", "a", kMinute, Reach::owner);
  throttle->forget_owner("nobody");
  ask("a");
  EXPECT_THAT(busy, ElementsAre("a"));
  throttle->forget_owner("a");
  ask("a");
  EXPECT_THAT(order, ElementsAre("a"));
}

TEST_F(OwnerTurns, ForgettingTheOnlyCauseFreesTheHost) {
  throttle->hold("h", "a", kMinute, Reach::host);
  ask("b");
  EXPECT_THAT(busy, ElementsAre("b"));
  throttle->forget_owner("a");
  ask("b");
  EXPECT_THAT(order, ElementsAre("b"));
}

TEST_F(OwnerTurns, ForgettingOneOfTwoCausesLeavesThePauseOfTheOther) {
  throttle->hold("h", "a", kMinute * 5, Reach::owner);
  throttle->hold("h", "b", kMinute, Reach::owner);
  throttle->forget_owner("a");
  ask("c");
  EXPECT_THAT(busy, ElementsAre("c"));
  clock.pass(kMinute);
  ask("c");
  EXPECT_THAT(order, ElementsAre("c"));
}

TEST_F(OwnerTurns, ForgettingAnOwnerWakesThoseWhoWait) {
  throttle->hold("h", "a", Milliseconds{9'000}, Reach::host);
  ask("b");
  EXPECT_THAT(order, IsEmpty());
  EXPECT_EQ(throttle->waiting(), 1U);
  throttle->forget_owner("a");
  run();
  EXPECT_THAT(order, ElementsAre("b"));
}

TEST_F(OwnerTurns, AShortPauseIsWaitedForWhileOthersGo) {
  throttle = std::make_shared<HostThrottle>(loop.get_executor(),
                                            HostThrottle::Limits{1, 4, Milliseconds{0}, Milliseconds{2'000}}, real);
  throttle->hold("h", "a", Milliseconds{50}, Reach::owner);
  ask("a");
  ask("b");
  EXPECT_THAT(order, ElementsAre("b"));
  end_visit();
  wait_until_asked(2);
  EXPECT_THAT(order, ElementsAre("b", "a"));
}

TEST(Holds, ThoseThatAreOverDoNotPileUp) {
  Holds holds;
  Instant now{};
  for (int i = 0; i < 10'000; ++i) {
    now += Milliseconds{1};
    holds.add("host" + std::to_string(i), "owner", now + Milliseconds{10}, Reach::owner, now);
  }
  EXPECT_LE(holds.size(), 2'100U);
  const std::size_t left = holds.size();
  EXPECT_EQ(holds.forget("owner").size(), left);
  EXPECT_EQ(holds.size(), 0U);
}

TEST(OwnerQueue, TakesOutOneWhoGaveUp) {
  boost::asio::io_context loop;
  const auto waiter = [&loop](const std::string& owner, bool urgent) {
    return std::make_shared<Waiter>(loop.get_executor(), owner, urgent);
  };
  const auto anyone = [](const std::string&) { return true; };
  OwnerQueue queue;
  const auto a = waiter("a", true);
  const auto b = waiter("b", false);
  queue.push(a);
  queue.push(b);
  EXPECT_TRUE(queue.has_urgent());
  queue.remove(*a);
  queue.remove(*a);
  EXPECT_FALSE(queue.has_urgent());
  EXPECT_EQ(queue.pop(anyone), b);
  EXPECT_TRUE(queue.empty());
  EXPECT_EQ(queue.pop(anyone), nullptr);
}

}  // namespace
}  // namespace pw::fetch
