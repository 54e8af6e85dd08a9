#include "core/service_thread.hpp"

#include <gtest/gtest.h>
#include <pthread.h>

#include <array>
#include <atomic>
#include <csignal>
#include <future>
#include <stdexcept>
#include <string>
#include <vector>

namespace pw {
namespace {

TEST(ServiceThreadTest, HasItsNameAndIsLeftAloneBySignals) {
  std::array<char, 16> name{};
  bool blocked = false;
  ServiceThread thread("a name that is long",
                       [&] {
                         pthread_getname_np(pthread_self(), name.data(), name.size());
                         sigset_t mask;
                         pthread_sigmask(SIG_SETMASK, nullptr, &mask);
                         blocked = sigismember(&mask, SIGTERM) == 1;
                       },
                       {});
  thread.join();
  EXPECT_STREQ(name.data(), "a name that is ");
  EXPECT_TRUE(blocked);
  sigset_t mask;
  pthread_sigmask(SIG_SETMASK, nullptr, &mask);
  EXPECT_EQ(sigismember(&mask, SIGTERM), 0) << "the thread that made it goes on as it was";
}

TEST(ServiceThreadTest, ReportsWhatItsBodyThrows) {
  std::vector<std::string> failures;
  const auto note = [&](const std::string& why) { failures.push_back(why); };
  ServiceThread(
      "one", [] { throw std::runtime_error("no disk"); }, note)
      .join();
  ServiceThread(
      "two", [] { throw 1; }, note)
      .join();  // NOLINT(hicpp-exception-baseclass): what nobody expects
  ServiceThread(
      "three", [] {}, note)
      .join();
  EXPECT_EQ(failures, (std::vector<std::string>{"no disk", "unknown exception"}));
}

TEST(ServiceThreadTest, SurvivesAReportThatFails) {
  ServiceThread(
      "one", [] { throw std::runtime_error("no disk"); },
      [](const std::string&) { throw std::runtime_error("nobody listens"); })
      .join();
}

TEST(ServiceThreadTest, ItsOwnerWaitsForItsEnd) {
  std::atomic<bool> ended = false;
  std::promise<void> go;
  {
    ServiceThread thread("one",
                         [&] {
                           go.get_future().wait();
                           ended = true;
                         },
                         {});
    EXPECT_TRUE(thread.joinable());
    go.set_value();
  }
  EXPECT_TRUE(ended);
  ServiceThread none;
  none.join();
}

}  // namespace
}  // namespace pw
