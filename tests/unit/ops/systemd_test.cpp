#include "ops/systemd.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/datagram_protocol.hpp>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace pw::ops {
namespace {

namespace asio = boost::asio;
using Protocol = asio::local::datagram_protocol;
using namespace std::chrono_literals;

/// The service manager's end.
class SystemdTest : public testing::Test {
 protected:
  SystemdTest()
      : path_(std::filesystem::temp_directory_path() / ("pw-notify-" + std::to_string(::getpid()) + ".sock")) {
    std::filesystem::remove(path_);
    manager_.open();
    manager_.bind(Protocol::endpoint(path_.string()));
    manager_.non_blocking(true);
    ::setenv("NOTIFY_SOCKET", path_.c_str(), 1);
  }
  ~SystemdTest() override {
    for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) ::unsetenv(name);
    std::filesystem::remove(path_);
  }

  /// The next message, which is there by the time the call has returned; "" when there is none.
  std::string told() {
    std::array<char, 1000> bytes{};
    boost::system::error_code error;
    const std::size_t size = manager_.receive(asio::buffer(bytes), 0, error);
    return {bytes.data(), error ? 0 : size};
  }

  std::filesystem::path path_;
  asio::io_context loop_;
  Protocol::socket manager_{loop_};
};

TEST_F(SystemdTest, TheManagerIsToldOfEveryState) {
  notify_ready("watching 2 sources");
  EXPECT_EQ(told(), "READY=1\nSTATUS=watching 2 sources");
  notify_reloading();
  EXPECT_EQ(told(), "RELOADING=1");
  notify_watchdog();
  EXPECT_EQ(told(), "WATCHDOG=1");
  notify_stopping();
  EXPECT_EQ(told(), "STOPPING=1");
}

TEST_F(SystemdTest, WithoutAManagerNothingHappens) {
  ::unsetenv("NOTIFY_SOCKET");
  notify_ready("");
  notify_watchdog();
  EXPECT_EQ(told(), "");
}

TEST_F(SystemdTest, TheWatchdogIsOursOnlyWhereItNamesThisProcess) {
  EXPECT_EQ(watchdog_period(), std::nullopt);
  ::setenv("WATCHDOG_USEC", "30000000", 1);
  EXPECT_EQ(watchdog_period(), 30s);
  ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
  EXPECT_EQ(watchdog_period(), 30s);
  ::setenv("WATCHDOG_PID", "1", 1);
  EXPECT_EQ(watchdog_period(), std::nullopt);
}

}  // namespace
}  // namespace pw::ops
