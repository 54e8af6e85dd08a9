#include "runtime/loop_stalls.hpp"

#include "core/thread_cpu.hpp"
#include "fakes/caught_log.hpp"
#include "runtime/spawn.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>
#include <utility>

namespace pw::runtime {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

constexpr StallRecord::Instant kStart{std::chrono::hours{1000}};

TEST(StallRecord, KeepsTheLongestAndForgetsTheRecent) {
  StallRecord record;
  record.note({300ms, 20ms}, kStart);
  record.note({200ms, 10ms}, kStart + 1s);
  EXPECT_EQ(record.longest().lasted, 300ms);
  EXPECT_EQ(record.longest().cpu, 20ms);
  EXPECT_EQ(record.recent(kStart + 70s).lasted, 300ms) << "the previous minute";
  record.note({5ms, 5ms}, kStart + 70s);
  EXPECT_EQ(record.recent(kStart + 100s).lasted, 300ms);
  EXPECT_EQ(record.recent(kStart + 140s).lasted, 5ms);
  EXPECT_EQ(record.recent(kStart + 400s).lasted, 0ms) << "longer than two minutes ago";
  EXPECT_EQ(record.longest().lasted, 300ms);
}

TEST(StallRecord, KeepsTheMostCpuTimeOfAnyStall) {
  StallRecord record;
  record.note({60ms, 55ms}, kStart);
  record.note({300ms, 5ms}, kStart + 1s);
  EXPECT_EQ(record.longest().lasted, 300ms);
  EXPECT_EQ(record.longest().cpu, 5ms);
  EXPECT_EQ(record.most_cpu(), 55ms);
}

TEST(StallRecord, LogsLongStallsOnceAMinute) {
  const test::CaughtLog log;
  StallRecord record;
  record.note({999ms, 1ms}, kStart);
  EXPECT_THAT(log.text(), Not(HasSubstr("blocked")));
  record.note({7s, 6s}, kStart);
  EXPECT_THAT(log.text(), HasSubstr("blocked for 7s, 6s of it CPU time"));
  record.note({3s, 1s}, kStart + 10s);
  EXPECT_THAT(log.text(), Not(HasSubstr("blocked for 3s")));
  record.note({3s, 1s}, kStart + 70s);
  EXPECT_THAT(log.text(), HasSubstr("blocked for 3s"));
}

/// Measures a loop that runs `handler` once.
class LoopStallsTest : public testing::Test {
 protected:
  template <class Handler>
  void measure(const Handler& handler) {
    auto task = stalls_.run();
    spawn(loop_.get_executor(), std::move(task), "stalls");
    boost::asio::steady_timer later(loop_, 20ms);
    later.async_wait([&](auto) {
      handler();
      later.expires_after(3 * LoopStalls::kPeriod);
      later.async_wait([&](auto) { stalls_.stop(); });
    });
    loop_.run();
  }

  boost::asio::io_context loop_;
  LoopStalls stalls_{loop_.get_executor()};
};

TEST_F(LoopStallsTest, MeasuresAHandlerThatBlocks) {
  measure([] { std::this_thread::sleep_for(200ms); });
  EXPECT_GE(stalls_.longest().lasted, 180ms);
  EXPECT_GE(stalls_.recent().lasted, 180ms);
  EXPECT_LT(stalls_.longest().cpu, stalls_.longest().lasted);
}

TEST_F(LoopStallsTest, MeasuresAHandlerThatComputes) {
  measure([] {
    const auto until = thread_cpu() + 100ms;
    while (thread_cpu() < until) {
    }
  });
  EXPECT_GE(stalls_.most_cpu(), 80ms);
}

}  // namespace
}  // namespace pw::runtime
