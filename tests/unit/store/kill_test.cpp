#include "fixture.hpp"
#include "store/log_reader.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pw::store {
namespace {

class StoreKillTest : public StoreTest {
 protected:
  /// Writes batches until killed, and reports the number of each alert once its batch is committed.
  [[noreturn]] void write_until_killed(int pipe) {
    open();
    for (int i = 0;; ++i) {
      const std::string name = std::to_string(i);
      const auto result = submit(batch(name, {alert("a", name)}));
      if (!result) ::_exit(1);
      const std::uint64_t seq = result->alerts.at(0).seq;
      if (::write(pipe, &seq, sizeof seq) != sizeof seq) ::_exit(2);
    }
  }
};

TEST_F(StoreKillTest, WhatWasAnsweredSurvivesAKill) {
  constexpr std::uint64_t kEnough = 25;
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) write_until_killed(ends[1]);
  ::close(ends[1]);
  std::uint64_t answered = 0;
  while (answered < kEnough && ::read(ends[0], &answered, sizeof answered) == sizeof answered) {
  }
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ::close(ends[0]);
  ASSERT_EQ(answered, kEnough);

  open();
  LogReader log(settings_.path);
  const auto page = log.page(std::nullopt, 0, std::nullopt, 100'000, 100'000'000);
  ASSERT_TRUE(page);
  ASSERT_GE(page->alerts.size(), answered);
  for (std::size_t i = 0; i < page->alerts.size(); ++i) {
    EXPECT_EQ(page->alerts[i].seq, i + 1);
    EXPECT_EQ(page->alerts[i].id, alert("a", std::to_string(i)).id);
    EXPECT_TRUE(known_item(std::to_string(i)));
  }
  EXPECT_EQ(log.head()->head, page->alerts.size());
}

}  // namespace
}  // namespace pw::store
