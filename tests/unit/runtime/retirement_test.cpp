#include "runtime/retirement.hpp"

#include "fakes/run_until.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <utility>

namespace pw::runtime {
namespace {

using namespace std::chrono_literals;

class RetirementTest : public testing::Test {
 protected:
  ~RetirementTest() override { pool_.join(); }

  /// A value that records on which thread it is destroyed, and may own another one.
  std::shared_ptr<const void> value(std::shared_ptr<const void> inner = nullptr) {
    return std::shared_ptr<int>(new int(1), [this, inner = std::move(inner)](const int* one) {
      delete one;
      if (std::this_thread::get_id() == loop_thread_) on_loop_ = true;
      ++destroyed_;
    });
  }
  bool until(const std::function<bool()>& check) { return test::run_until(loop_, check); }

  boost::asio::io_context loop_;
  Pool pool_{1, {4, 1U << 20U}};
  std::thread::id loop_thread_ = std::this_thread::get_id();
  std::atomic<int> destroyed_ = 0;
  std::atomic<bool> on_loop_ = false;
  Retirement retirement_{loop_.get_executor(), pool_};
};

TEST_F(RetirementTest, DestroysUnusedValuesOnThePool) {
  retirement_.add({value(), nullptr, value()});
  EXPECT_TRUE(until([&] { return destroyed_ == 2 && retirement_.size() == 0; }));
  EXPECT_FALSE(on_loop_);
}

TEST_F(RetirementTest, WaitsForTheLastUserAndForOwners) {
  std::shared_ptr<const void> used = value();
  std::shared_ptr<const void> inner = value();
  std::shared_ptr<const void> outer = value(inner);
  retirement_.add({used, std::move(inner), std::move(outer), value()});
  ASSERT_TRUE(until([&] { return destroyed_ == 3; }));
  used.reset();
  EXPECT_TRUE(until([&] { return destroyed_ == 4 && retirement_.size() == 0; }));
  EXPECT_FALSE(on_loop_);
}

TEST_F(RetirementTest, StopDoesNotWaitForUsers) {
  const std::shared_ptr<const void> used = value();
  retirement_.add({used});
  bool stopped = false;
  auto task = [](Retirement& retirement, bool& done) -> boost::asio::awaitable<void> {
    co_await retirement.stop();
    done = true;
  }(retirement_, stopped);
  spawn(loop_.get_executor(), std::move(task), "stop");
  EXPECT_TRUE(until([&] { return stopped; }));
  EXPECT_EQ(destroyed_, 0);
}

}  // namespace
}  // namespace pw::runtime
