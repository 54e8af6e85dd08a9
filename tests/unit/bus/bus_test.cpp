#include "bus/bus.hpp"

#include "bus/endpoint.hpp"
#include "bus/frame.hpp"
#include "bus/subscriber.hpp"
#include "unit/bus/fake_log.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <zmq.hpp>

namespace pw::bus {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::MatchesRegex;

class BusTest : public testing::Test {
 protected:
  BusTest() : folder_(std::filesystem::temp_directory_path() / ("pw-bus-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
    settings_.live = "ipc://" + (folder_ / "live").string();
    settings_.log = "ipc://" + (folder_ / "log").string();
    settings_.heartbeat = 100ms;
  }
  ~BusTest() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<Bus> start(std::uint64_t published = 0) {
    return std::make_unique<Bus>(
        settings_, log_.reader(), published, [this](std::uint64_t seq) { marked_ = seq; }, clock_);
  }

  zmq::socket_t subscribe(zmq::context_t& context, const std::string& prefix) {
    zmq::socket_t socket(context, zmq::socket_type::sub);
    socket.set(zmq::sockopt::linger, 0);
    socket.set(zmq::sockopt::rcvtimeo, 60'000);
    socket.set(zmq::sockopt::subscribe, prefix);
    socket.connect(settings_.live);
    return socket;
  }

  static bool eventually(const std::function<bool()>& check) {
    for (int i = 0; i < 3000 && !check(); ++i) std::this_thread::sleep_for(20ms);
    return check();
  }

  static std::vector<std::string> receive(zmq::socket_t& socket) {
    std::vector<std::string> frames;
    zmq::message_t part;
    do {
      if (!socket.recv(part)) break;
      frames.push_back(part.to_string());
    } while (part.more());
    return frames;
  }

  std::filesystem::path folder_;
  BusSettings settings_;
  FakeLog log_;
  SystemClock clock_;
  std::atomic<std::uint64_t> marked_ = 0;
};

TEST_F(BusTest, HeartbeatsNameTheHead) {
  const auto bus = start();
  zmq::context_t context;
  auto socket = subscribe(context, "H");
  const auto frames = receive(socket);
  ASSERT_EQ(frames.size(), 3U);
  EXPECT_EQ(decode(frames[1])->kind, 'H');
  EXPECT_EQ(decode(frames[1])->log_id, log_.id());
  EXPECT_EQ(boost::json::parse(frames[2]).at("hb_ms"), 100);
}

TEST_F(BusTest, AlertsGoOutInOrderAndAMissingOneIsReadFromTheLog) {
  const auto bus = start();
  zmq::context_t context;
  auto socket = subscribe(context, "A/a/");
  socket.set(zmq::sockopt::subscribe, "H");
  receive(socket);  // a heartbeat: the subscription has taken effect
  log_.append("a");
  log_.append("a");
  bus->publish({log_.append("a")});  // 1 and 2 were not posted to the bus
  for (std::uint64_t seq = 1; seq <= 3; ++seq) {
    auto frames = receive(socket);
    while (!frames.empty() && frames[0] == "H") frames = receive(socket);
    ASSERT_EQ(frames.size(), 3U);
    EXPECT_EQ(frames[0], "A/a/src");
    EXPECT_EQ(decode(frames[1])->seq, seq);
    EXPECT_THAT(frames[2], HasSubstr("sentMs"));
  }
  bus->stop();
  EXPECT_EQ(marked_, 3U);
}

TEST_F(BusTest, WhatWasCommittedAndNotPublishedGoesOutAtTheNextStart) {
  log_.append("a");
  log_.append("a");
  const auto bus = start(1);
  EXPECT_TRUE(eventually([&] { return bus->stats().published == 2; }));
  EXPECT_EQ(bus->stats().sent, 1U);
}

TEST_F(BusTest, ALongPollIsAnsweredWhenSomethingComes) {
  const auto bus = start();
  zmq::context_t context;
  zmq::socket_t socket(context, zmq::socket_type::req);
  socket.set(zmq::sockopt::linger, 0);
  socket.set(zmq::sockopt::rcvtimeo, 60'000);
  socket.connect(settings_.log);
  socket.send(zmq::str_buffer("PWQ1"), zmq::send_flags::sndmore);
  socket.send(zmq::str_buffer(R"({"op":"replay","after":0,"wait_ms":9000})"), zmq::send_flags::none);
  ASSERT_TRUE(eventually([&] { return bus->stats().requests == 1; }));  // counted once it is answered or waiting
  bus->publish({log_.append("a")});
  const auto frames = receive(socket);
  ASSERT_EQ(frames.size(), 4U);
  EXPECT_EQ(decode(frames[2])->seq, 1U);
}

TEST_F(BusTest, GarbageAndOversizeFramesDoNoHarm) {
  const auto bus = start();
  zmq::context_t context;
  zmq::socket_t bad(context, zmq::socket_type::dealer);
  bad.set(zmq::sockopt::linger, 0);
  bad.connect(settings_.log);
  bad.send(zmq::buffer(std::string(100'000, 'x')), zmq::send_flags::none);
  bad.send(zmq::str_buffer(""), zmq::send_flags::none);
  zmq::socket_t good(context, zmq::socket_type::req);
  good.set(zmq::sockopt::linger, 0);
  good.set(zmq::sockopt::rcvtimeo, 60'000);
  good.connect(settings_.log);
  good.send(zmq::str_buffer("PWQ1"), zmq::send_flags::sndmore);
  good.send(zmq::str_buffer(R"({"op":"head"})"), zmq::send_flags::none);
  EXPECT_EQ(receive(good).size(), 2U);
}

TEST_F(BusTest, AddressesThatAreNotLocalAreRefused) {
  for (const char* endpoint : {"tcp://127.0.0.1:7701", "tcp://[::1]:7701", "tcp://localhost:*", "ipc:///run/x"}) {
    EXPECT_TRUE(parse_endpoint(endpoint)) << endpoint;
  }
  for (const char* endpoint : {"tcp://0.0.0.0:7701", "tcp://*:7701", "tcp://10.0.0.1:1", "tcp://eth0:1",
                               "tcp://127.example.org:1", "udp://127.0.0.1:1", "tcp://", "", "tcp://[::]:1",
                               "tcp://127.0.0.1", "tcp://127.0.0.1:", "tcp://127.0.0.1:70000", "ipc://"}) {
    EXPECT_FALSE(parse_endpoint(endpoint)) << endpoint;
  }
}

TEST_F(BusTest, ALoopbackAddressOfIPv6CanBeUsed) {
  settings_.live = settings_.log = "tcp://[::1]:*";
  try {
    EXPECT_THAT(start()->live_endpoint(), MatchesRegex("tcp://\\[::1\\]:[0-9]+"));
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("annot assign requested address")) << "this machine has IPv6, and it failed";
  }
}

TEST_F(BusTest, AFileInPlaceOfASocketIsLeftAlone) {
  std::ofstream(folder_ / "precious") << "precious";
  settings_.live = "ipc://" + (folder_ / "precious").string();
  EXPECT_THROW(start(), std::runtime_error);
  EXPECT_EQ(std::filesystem::file_size(folder_ / "precious"), 8U);
}

TEST_F(BusTest, APortInUseIsSaidWithItsAddress) {
  settings_.live = settings_.log = "tcp://127.0.0.1:*";
  const auto bus = start();
  settings_.live = bus->live_endpoint();
  EXPECT_THAT(settings_.live, MatchesRegex("tcp://127.0.0.1:[0-9]+"));
  try {
    start();
    FAIL() << "two daemons on one port";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr(settings_.live));
  }
}

TEST_F(BusTest, WhoSubscribesToTooMuchIsClosedAndOthersAreServed) {
  settings_.live = settings_.log = "tcp://127.0.0.1:*";
  const auto bus = start();
  settings_.live = bus->live_endpoint();
  zmq::context_t context;
  auto other = subscribe(context, "H");
  receive(other);
  zmq::socket_t greedy(context, zmq::socket_type::sub);
  greedy.set(zmq::sockopt::linger, 0);
  greedy.set(zmq::sockopt::sndhwm, 0);  // otherwise libzmq itself drops those above a thousand
  greedy.set(zmq::sockopt::subscribe, "H");
  greedy.connect(settings_.live);
  for (int i = 0; i < 1000; ++i) greedy.set(zmq::sockopt::subscribe, "A/channel-" + std::to_string(i) + "/");
  EXPECT_TRUE(eventually([&] { return bus->stats().closed > 0; }));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(receive(other).size(), 3U);
}

TEST_F(BusTest, SoManyMayConnectAndWhoCameFirstStays) {
  settings_.live = settings_.log = "tcp://127.0.0.1:*";
  settings_.clients = 2;
  const auto bus = start();
  settings_.live = bus->live_endpoint();
  zmq::context_t context;
  auto first = subscribe(context, "H");
  auto second = subscribe(context, "H");
  receive(first);
  receive(second);
  auto third = subscribe(context, "H");
  EXPECT_TRUE(eventually([&] { return bus->stats().closed > 0; }));
  for (auto* one : {&first, &second}) EXPECT_EQ(receive(*one).size(), 3U);
  first.close();
  EXPECT_EQ(receive(third).size(), 3U) << "it has come again, and there is room now";
}

/// Follows on its own thread and records the numbers of the alerts.
class Follower {
 public:
  Follower(SubscriberSettings settings, std::size_t enough)
      : subscriber_(
            std::move(settings),
            [this, enough](const Delivery& one) {
              const std::lock_guard lock(mutex_);
              numbers_.push_back(one.header.seq);
              return numbers_.size() < enough;
            },
            [this](const std::string& line) {
              const std::lock_guard lock(mutex_);
              notices_ += line + '\n';
            }),
        thread_([this] { subscriber_.run(); }) {}
  ~Follower() {
    subscriber_.stop();
    thread_.join();
  }

  std::string notices() {
    const std::lock_guard lock(mutex_);
    return notices_;
  }

  [[nodiscard]] std::vector<std::uint64_t> numbers() {
    const std::lock_guard lock(mutex_);
    return numbers_;
  }
  std::vector<std::uint64_t> wait(std::size_t count) {
    for (int i = 0; i < 1200 && numbers().size() < count; ++i) std::this_thread::sleep_for(50ms);
    return numbers();
  }

 private:
  std::mutex mutex_;
  std::vector<std::uint64_t> numbers_;
  std::string notices_;
  Subscriber subscriber_;
  std::thread thread_;
};

TEST_F(BusTest, ASubscriberHasEveryAlertOnceAcrossARestart) {
  for (int i = 0; i < 3; ++i) log_.append("a");
  auto bus = start();
  Follower follower({settings_.live, settings_.log, "", from_ms(0), {}}, 1000);
  follower.wait(3);
  bus->publish({log_.append("b"), log_.append("a")});
  follower.wait(5);
  bus.reset();
  log_.append("a");  // while the bus is down
  bus = start(5);
  bus->publish({log_.append("b")});
  std::vector<std::uint64_t> wanted(7);
  for (std::size_t i = 0; i < wanted.size(); ++i) wanted[i] = i + 1;
  EXPECT_EQ(follower.wait(7), wanted);
}

TEST_F(BusTest, ASubscriberOfOneChannelSeesNoGapWhereOthersAre) {
  for (int i = 0; i < 6; ++i) log_.append(i % 2 == 0 ? "a" : "b");
  const auto bus = start(6);
  Follower follower({settings_.live, settings_.log, "b", {}, 1}, 1000);
  follower.wait(2);
  bus->publish({log_.append("a"), log_.append("b")});
  EXPECT_EQ(follower.wait(3), (std::vector<std::uint64_t>{4, 6, 8}));
}

TEST_F(BusTest, ASubscriberOfAChannelGoesOnAfterALoss) {
  for (const char* channel : {"a", "a", "a", "a", "b", "b", "b", "b"}) log_.append(channel);
  log_.forget(6);
  const auto bus = start(8);
  Follower follower({settings_.live, settings_.log, "b", {}, 1}, 1000);
  EXPECT_EQ(follower.wait(2), (std::vector<std::uint64_t>{7, 8}));
  bus->publish({log_.append("b")});
  EXPECT_EQ(follower.wait(3), (std::vector<std::uint64_t>{7, 8, 9}));
  EXPECT_THAT(follower.notices(), HasSubstr("alerts 2 to 2 are not kept"));
}

TEST_F(BusTest, ASubscriberOfAChannelWithNothingThatNewIsNotGivenWhatIsOld) {
  for (int i = 0; i < 3; ++i) log_.append("a");
  const auto bus = start(3);
  Follower follower({settings_.live, settings_.log, "a", from_ms(1'800'000'000'000), {}}, 1000);
  ASSERT_TRUE(eventually([&] { return bus->stats().requests > 0; }));
  bus->publish({log_.append("a")});
  EXPECT_EQ(follower.wait(1), (std::vector<std::uint64_t>{4}));
}

TEST_F(BusTest, ASubscriberAheadOfTheHeadBeginsAgain) {
  for (int i = 0; i < 6; ++i) log_.append("a");
  auto bus = start(6);
  Follower follower({settings_.live, settings_.log, "", from_ms(0), {}}, 1000);
  follower.wait(6);
  bus.reset();
  log_.cut_back(2);  // but the log_id stays the same
  bus = start(2);
  bus->publish({log_.append("a"), log_.append("a")});
  // Each alert once: those in the restored copy were known, two are new with reused numbers.
  EXPECT_EQ(follower.wait(8), (std::vector<std::uint64_t>{1, 2, 3, 4, 5, 6, 3, 4}));
  EXPECT_THAT(follower.notices(), HasSubstr("the log was restored or made anew"));
}

TEST_F(BusTest, ASubscriberOfAChannelFindsALostTailAmongManyChannels) {
  log_.append("quiet");
  auto bus = start(1);
  Follower follower({settings_.live, settings_.log, "quiet", from_ms(0), {}}, 1000);
  follower.wait(1);
  bus.reset();
  log_.append("quiet");  // published, but its live copy was lost
  std::vector<StoredAlert> many;
  for (int i = 0; i < 2000; ++i) many.push_back(log_.append("channel-" + std::to_string(i)));
  bus = start(2);
  bus->publish(std::move(many));
  EXPECT_EQ(follower.wait(2), (std::vector<std::uint64_t>{1, 2}));
}

TEST_F(BusTest, ARefusedSubscriberSaysWhy) {
  const auto bus = start();
  Subscriber subscriber(
      {settings_.live, settings_.log, "No Such", {}, {}}, [](const Delivery&) { return true; },
      [](const std::string&) {});
  try {
    subscriber.run();
    FAIL() << "it went on";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("\"channel\" must be"));
  }
}

TEST_F(BusTest, ASubscriberWithoutAPastBeginsNow) {
  for (int i = 0; i < 3; ++i) log_.append("a");
  const auto bus = start(3);
  Follower follower({settings_.live, settings_.log, "", {}, {}}, 1000);
  // It starts once it has asked for the head, so alerts are published until one arrives.
  for (int i = 0; i < 1200 && follower.numbers().empty(); ++i) {
    bus->publish({log_.append("a")});
    std::this_thread::sleep_for(50ms);
  }
  const auto numbers = follower.wait(1);
  ASSERT_FALSE(numbers.empty());
  EXPECT_GT(numbers[0], 3U);
}

}  // namespace
}  // namespace pw::bus
