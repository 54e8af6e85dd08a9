/// The bus under system failures: signals, out of memory, a log that throws.
#include "bus/bus.hpp"
#include "bus/frame.hpp"
#include "unit/bus/fake_log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <future>
#include <new>
#include <set>
#include <string>
#include <thread>
#include <zmq.hpp>

namespace pw::bus {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsSupersetOf;

/// A log whose readers fail on demand.
class FailingLog final : public LogSource {
 public:
  enum class How { not_at_all, no_memory, unknown };

  FailingLog(std::unique_ptr<LogSource> log, const std::atomic<How>& page, const std::atomic<How>& head,
             std::atomic<int>& failures)
      : log_(std::move(log)), page_(page), head_(head), failures_(failures) {}

  Result<LogHead> head() override {
    fail(head_);
    return log_->head();
  }
  Result<LogPage> page(std::optional<std::string> channel, std::uint64_t after, std::optional<Time> since,
                       std::size_t max_alerts, std::size_t max_bytes) override {
    fail(page_);
    return log_->page(std::move(channel), after, since, max_alerts, max_bytes);
  }
  Result<LogSpan> channel_span(std::string_view channel) override { return log_->channel_span(channel); }

 private:
  void fail(How how) {
    if (how != How::not_at_all) ++failures_;
    if (how == How::no_memory) throw std::bad_alloc();
    if (how == How::unknown) throw 1;  // NOLINT(hicpp-exception-baseclass): not a std::exception
  }

  std::unique_ptr<LogSource> log_;
  const std::atomic<How>& page_;
  const std::atomic<How>& head_;
  std::atomic<int>& failures_;
};

class BusFailureTest : public testing::Test {
 protected:
  BusFailureTest()
      : folder_(std::filesystem::temp_directory_path() / ("pw-bus-failure-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
    settings_.live = "ipc://" + (folder_ / "live").string();
    settings_.log = "ipc://" + (folder_ / "log").string();
    settings_.heartbeat = 50ms;
  }
  ~BusFailureTest() override {
    bus_.reset();
    std::filesystem::remove_all(folder_);
  }

  void start(std::uint64_t published = 0) {
    bus_ = std::make_unique<Bus>(
        settings_, std::make_unique<FailingLog>(log_.reader(), page_, head_, failures_), published,
        [](std::uint64_t) {}, clock_, [this](const std::string& why) { failed_.set_value(why); });
  }

  /// Returns the first frame after "PWR1"; empty when there is no reply.
  std::string ask(const std::string& request) {
    zmq::socket_t socket(context_, zmq::socket_type::req);
    socket.set(zmq::sockopt::linger, 0);
    socket.set(zmq::sockopt::rcvtimeo, 20'000);
    socket.connect(settings_.log);
    socket.send(zmq::str_buffer("PWQ1"), zmq::send_flags::sndmore);
    socket.send(zmq::buffer(request), zmq::send_flags::none);
    zmq::message_t part;
    if (!socket.recv(part) || !part.more()) return "";
    (void)socket.recv(part);
    return part.to_string();
  }

  zmq::socket_t subscribe(const std::string& prefix) {
    zmq::socket_t socket(context_, zmq::socket_type::sub);
    socket.set(zmq::sockopt::linger, 0);
    socket.set(zmq::sockopt::rcvtimeo, 20'000);
    socket.set(zmq::sockopt::subscribe, prefix);
    socket.connect(settings_.live);
    return socket;
  }

  /// Returns the header of the next message; nullopt when there is none.
  static std::optional<Header> next(zmq::socket_t& socket) {
    zmq::message_t topic;
    zmq::message_t header;
    zmq::message_t body;
    if (!socket.recv(topic) || !socket.recv(header) || !socket.recv(body)) return std::nullopt;
    return decode(header.to_string_view());
  }

  std::filesystem::path folder_;
  BusSettings settings_;
  FakeLog log_;
  SystemClock clock_;
  std::atomic<FailingLog::How> page_ = FailingLog::How::not_at_all;
  std::atomic<FailingLog::How> head_ = FailingLog::How::not_at_all;
  std::atomic<int> failures_ = 0;  ///< reads of the log
  std::promise<std::string> failed_;
  zmq::context_t context_;
  std::unique_ptr<Bus> bus_;
};

extern "C" void ignore_signal(int) {}

TEST_F(BusFailureTest, SignalsDoNotEndIt) {
  struct sigaction action {};
  struct sigaction before {};
  action.sa_handler = ignore_signal;  // without SA_RESTART: every blocking call fails with EINTR
  ASSERT_EQ(::sigaction(SIGUSR1, &action, &before), 0);
  start();
  auto socket = subscribe("H");
  for (int round = 0; round < 20; ++round) {
    for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task")) {
      const int id = std::stoi(thread.path().filename().string());
      if (id != ::gettid()) ::syscall(SYS_tgkill, ::getpid(), id, SIGUSR1);
    }
    ASSERT_TRUE(next(socket)) << round;
  }
  ::sigaction(SIGUSR1, &before, nullptr);
}

std::set<std::string> names_of_threads() {
  std::set<std::string> names;
  for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task")) {
    std::ifstream file(thread.path() / "comm");
    std::string name;
    std::getline(file, name);
    names.insert(name);
  }
  return names;
}

TEST_F(BusFailureTest, ItsThreadsAreKnownByName) {
  start();
  const std::set<std::string> wanted{"bus", "bus guard"};
  const auto until = std::chrono::steady_clock::now() + 60s;
  while (!std::ranges::includes(names_of_threads(), wanted) && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_THAT(names_of_threads(), IsSupersetOf(wanted));
}

TEST_F(BusFailureTest, MemoryThatIsShortCostsTheRequestAndTheClientIsTold) {
  start();
  log_.append("a");
  page_ = FailingLog::How::no_memory;
  EXPECT_THAT(ask(R"({"op":"replay","after":0,"req":"x"})"), HasSubstr(R"("req":"x","status":"busy","retry_ms":1000)"));
  page_ = FailingLog::How::not_at_all;
  EXPECT_THAT(ask(R"({"op":"replay","after":0})"), HasSubstr(R"("status":"ok")"));
}

TEST_F(BusFailureTest, MemoryThatIsShortCostsAHeartbeatAndNoAlert) {
  start();
  auto alerts = subscribe("A/");
  alerts.set(zmq::sockopt::subscribe, "H");
  ASSERT_EQ(next(alerts)->kind, 'H') << "both subscriptions have come through";
  head_ = page_ = FailingLog::How::no_memory;
  log_.append("a");
  bus_->publish({log_.append("a")});  // after a gap, so that the log must be read
  const int before = failures_;
  for (int i = 0; i < 3000 && failures_ < before + 3; ++i) std::this_thread::sleep_for(20ms);
  ASSERT_GE(failures_, before + 3);
  head_ = page_ = FailingLog::How::not_at_all;
  for (std::uint64_t seq = 1; seq <= 2; ++seq) {
    auto header = next(alerts);
    while (header && header->kind == 'H' && header->seq < seq) header = next(alerts);
    ASSERT_TRUE(header);
    EXPECT_EQ(header->kind, 'A');
    EXPECT_EQ(header->seq, seq);
  }
  EXPECT_EQ(next(alerts)->kind, 'H');
}

TEST_F(BusFailureTest, AThreadThatEndsSaysSo) {
  head_ = FailingLog::How::unknown;
  start();
  EXPECT_THAT(failed_.get_future().get(), HasSubstr("the bus failed"));
  bus_->stop();
}

TEST_F(BusFailureTest, ALogThatCannotBeReadAtAllEndsIt) {
  log_.append("a");
  head_ = page_ = FailingLog::How::no_memory;
  start();
  EXPECT_THAT(failed_.get_future().get(), HasSubstr("turns failed in a row"));
}

}  // namespace
}  // namespace pw::bus
