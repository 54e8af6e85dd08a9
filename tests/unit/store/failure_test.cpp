#include "fixture.hpp"

#include <gmock/gmock.h>

#include <new>
#include <stdexcept>

namespace pw::store {
namespace {

using ::testing::HasSubstr;

/// Throws from now() on request.
class FailingClock final : public Clock {
 public:
  [[nodiscard]] Time now() const override {
    if (unknown_) throw 1;  // NOLINT(hicpp-exception-baseclass): an unexpected type
    if (fails_) throw std::bad_alloc();
    return from_ms(1'700'000'000'000);
  }
  [[nodiscard]] std::chrono::steady_clock::time_point steady() const override { return {}; }
  void fail(bool yes) { fails_ = yes; }
  void fail_as_nobody_expects() { unknown_ = true; }

 private:
  std::atomic<bool> fails_ = false;
  std::atomic<bool> unknown_ = false;
};

class StoreFailureTest : public StoreTest {
 protected:
  void open_with(const Clock& clock, Store::OnCommitted on_committed) {
    store_ = std::make_unique<Store>(settings_, clock, std::move(on_committed),
                                     [this](const std::string& why) { failed_.set_value(why); });
  }

  FailingClock failing_clock_;
  std::promise<std::string> failed_;
};

TEST_F(StoreFailureTest, MemoryThatIsShortCostsTheBatchAndNoMore) {
  open_with(failing_clock_, {});
  ASSERT_TRUE(submit(batch("one", {alert("a", "1")})));
  // The store thread reads the clock for maintenance too, which must survive the failure as well.
  failing_clock_.fail(true);
  const auto failed = submit(batch("two", {alert("a", "2")}));
  failing_clock_.fail(false);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, Errc::io);
  const auto after = submit(batch("three", {alert("a", "3")}));
  ASSERT_TRUE(after);
  EXPECT_EQ(after->alerts.at(0).seq, 2U);
  EXPECT_FALSE(known_item("two"));
}

TEST_F(StoreFailureTest, AThreadThatEndsSaysSoAndLeavesNobodyWaiting) {
  open_with(clock_, [](const auto&) { throw std::runtime_error("no bus"); });
  const auto first = submit(batch("one", {alert("a", "1")}));
  ASSERT_FALSE(first);
  EXPECT_THAT(failed_.get_future().get(), HasSubstr("no bus"));
  const auto second = submit(batch("two"));
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::cancelled);
  store_->close();
}

TEST_F(StoreFailureTest, WhoseBatchWasUnderWayIsAnsweredToo) {
  open_with(failing_clock_, {});
  ASSERT_TRUE(submit(batch("one")));
  failing_clock_.fail_as_nobody_expects();
  const auto second = submit(batch("two"));
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::cancelled);
  EXPECT_THAT(failed_.get_future().get(), HasSubstr("unknown exception"));
}

}  // namespace
}  // namespace pw::store
