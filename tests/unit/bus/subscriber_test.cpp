#include "bus/subscriber.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <thread>
#include <zmq.hpp>

namespace pw::bus {
namespace {

/// Receives one request from a REQ socket and replies with `json` and the alerts.
void reply_to_one(zmq::socket_t& router, const std::string& json, const std::vector<std::string>& alerts = {}) {
  zmq::message_t identity;
  zmq::message_t part;
  ASSERT_TRUE(router.recv(identity));
  do {
    ASSERT_TRUE(router.recv(part));
  } while (part.more());
  std::vector<std::string> frames{"", "PWR1", json};
  frames.insert(frames.end(), alerts.begin(), alerts.end());
  router.send(identity, zmq::send_flags::sndmore);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    router.send(zmq::buffer(frames[i]), i + 1 < frames.size() ? zmq::send_flags::sndmore : zmq::send_flags::none);
  }
}

TEST(Subscriber, ADaemonThatIsBusyIsAskedAgainAndSaidOnce) {
  const auto folder = std::filesystem::temp_directory_path() / ("pw-sub-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const std::string log = "ipc://" + (folder / "log").string();
  zmq::context_t context;
  zmq::socket_t router(context, zmq::socket_type::router);
  router.set(zmq::sockopt::linger, 0);
  router.set(zmq::sockopt::rcvtimeo, 30'000);
  router.bind(log);
  std::vector<std::string> notices;
  std::vector<std::uint64_t> numbers;
  Subscriber subscriber(
      {"ipc://" + (folder / "live").string(), log, "", {}, 6},
      [&](const Delivery& one) {
        numbers.push_back(one.header.seq);
        return false;
      },
      [&](const std::string& line) { notices.push_back(line); });
  std::thread following([&] { subscriber.run(); });
  for (int i = 0; i < 2; ++i) reply_to_one(router, R"({"status":"busy","why":"full\u001b","retry_ms":60})");
  Header header;
  header.seq = 7;
  const std::string reply = R"({"status":"ok","log":")" + to_hex(Id{}) + R"(","head":7,"n":1,"next":7})";
  reply_to_one(router, reply, {encode(header), "{}"});
  following.join();
  std::filesystem::remove_all(folder);
  EXPECT_THAT(numbers, testing::ElementsAre(7U));
  EXPECT_THAT(notices, testing::ElementsAre("the daemon is busy (full\\x1b); asking again"));
}

}  // namespace
}  // namespace pw::bus
