#include "runtime/admission.hpp"

#include "runtime/spawn.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <vector>

namespace pw::runtime {
namespace {

namespace asio = boost::asio;
using testing::ElementsAre;

/// Tasks that stay inside until leave().
class AdmissionTest : public testing::Test {
 protected:
  /// The task enters as soon as it may.
  void come(int task, std::size_t bytes) {
    group_.spawn(enter(task, bytes), "task");
    run();
  }
  void leave(int task) {
    inside_.erase(task);
    run();
  }
  /// Runs everything that can be run without waiting.
  void run() {
    loop_.restart();
    loop_.poll();
  }

  asio::awaitable<void> enter(int task, std::size_t bytes) {
    inside_.emplace(task, co_await admission_->enter(bytes));
    order_.push_back(task);
  }

  asio::io_context loop_;
  TaskGroup group_{loop_.get_executor()};
  std::shared_ptr<Admission> admission_ = std::make_shared<Admission>(Capacity{3, 100});
  std::map<int, Admission::Share> inside_;
  std::vector<int> order_;
};

TEST_F(AdmissionTest, BeyondTheNumberOfTasksTheyWaitInOrder) {
  for (int task = 1; task <= 6; ++task) come(task, 1);
  EXPECT_THAT(order_, ElementsAre(1, 2, 3));
  EXPECT_EQ(admission_->waiting(), 3U);
  leave(2);
  EXPECT_THAT(order_, ElementsAre(1, 2, 3, 4));
  leave(1);
  leave(3);
  EXPECT_THAT(order_, ElementsAre(1, 2, 3, 4, 5, 6));
  EXPECT_EQ(admission_->tasks(), 3U);
  EXPECT_EQ(admission_->bytes(), 3U);
  EXPECT_EQ(admission_->waiting(), 0U);
}

TEST_F(AdmissionTest, BytesAreBoundedToo) {
  come(1, 60);
  come(2, 60);
  EXPECT_THAT(order_, ElementsAre(1));
  leave(1);
  EXPECT_THAT(order_, ElementsAre(1, 2));
  come(3, 40);
  EXPECT_THAT(order_, ElementsAre(1, 2, 3)) << "exactly full";
  come(4, 1);
  EXPECT_THAT(order_, ElementsAre(1, 2, 3));
}

TEST_F(AdmissionTest, SmallTasksDoNotPassALargeOne) {
  come(1, 60);
  come(2, 60);
  come(3, 1);
  come(4, 0);
  EXPECT_THAT(order_, ElementsAre(1));
  leave(1);
  EXPECT_THAT(order_, ElementsAre(1, 2, 3, 4)) << "one leaves, and all who fit enter";
}

TEST_F(AdmissionTest, ATaskLargerThanAllIsAloneWithItsBytes) {
  come(1, 1);
  come(2, 5'000);
  come(3, 1);
  EXPECT_THAT(order_, ElementsAre(1));
  leave(1);
  EXPECT_THAT(order_, ElementsAre(1, 2));
  leave(2);
  EXPECT_THAT(order_, ElementsAre(1, 2, 3));
  EXPECT_EQ(admission_->bytes(), 1U);
}

TEST_F(AdmissionTest, WhoStopsWaitingLetsTheNextOneIn) {
  come(1, 60);
  TaskGroup impatient(loop_.get_executor());
  impatient.spawn(enter(2, 60), "impatient");
  run();
  come(3, 40);
  EXPECT_THAT(order_, ElementsAre(1));
  impatient.cancel();
  run();
  EXPECT_EQ(impatient.size(), 0U);
  EXPECT_THAT(order_, ElementsAre(1, 3));
  EXPECT_EQ(admission_->bytes(), 100U);
}

TEST_F(AdmissionTest, AtAStopEverybodyLeaves) {
  for (int task = 1; task <= 6; ++task) come(task, 50);
  group_.cancel();
  run();
  EXPECT_EQ(group_.size(), 0U);
  EXPECT_EQ(admission_->waiting(), 0U);
  inside_.clear();
  EXPECT_EQ(admission_->tasks(), 0U);
  EXPECT_THAT(order_, ElementsAre(1, 2));
}

/// Coroutines that are still suspended when the loop is destroyed are destroyed with it.
TEST(Admission, MayEndBeforeThoseWhoWait) {
  auto admission = std::make_shared<Admission>(Capacity{1, 100});
  std::optional<asio::io_context> loop(std::in_place);
  std::vector<int> order;
  auto stay = [&](int task) -> asio::awaitable<void> {
    const Admission::Share share = co_await admission->enter(1);
    order.push_back(task);
    asio::steady_timer forever(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
    co_await forever.async_wait(asio::use_awaitable);
  };
  for (int task = 1; task <= 3; ++task) spawn(loop->get_executor(), stay(task), "task");
  loop->poll();
  const std::weak_ptr<Admission> watch = admission;
  admission.reset();
  EXPECT_FALSE(watch.expired());
  loop.reset();
  EXPECT_TRUE(watch.expired());
  EXPECT_THAT(order, ElementsAre(1));
}

}  // namespace
}  // namespace pw::runtime
