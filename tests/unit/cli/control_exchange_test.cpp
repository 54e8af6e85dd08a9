#include "cli/control_exchange.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/system_error.hpp>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace pw::cli {
namespace {

namespace asio = boost::asio;
using Protocol = asio::local::stream_protocol;
using namespace std::chrono_literals;

class ControlExchangeTest : public testing::Test {
 protected:
  ControlExchangeTest()
      : path_(std::filesystem::temp_directory_path() / ("pw-exchange-" + std::to_string(::getpid()) + ".sock")) {
    std::filesystem::remove(path_);
  }
  ~ControlExchangeTest() override { std::filesystem::remove(path_); }

  void listen(int backlog = 8) {
    acceptor_.open();
    acceptor_.bind(Protocol::endpoint(path_.string()));
    acceptor_.listen(backlog);
  }
  boost::system::error_code failure(Milliseconds patience) {
    try {
      exchange_line(path_, "ask\n", patience);
    } catch (const boost::system::system_error& error) {
      return error.code();
    }
    return {};
  }

  std::filesystem::path path_;
  asio::io_context loop_;
  Protocol::acceptor acceptor_{loop_};
};

TEST_F(ControlExchangeTest, GivesTheAnswerHoweverLongItIs) {
  listen();
  const std::string answer(3 << 20, 'a');
  std::thread other([&] {
    Protocol::socket client = acceptor_.accept();
    std::string asked;
    asio::read_until(client, asio::dynamic_buffer(asked), '\n');
    asio::write(client, asio::buffer(asked == "ask\n" ? answer + '\n' : "wrong\n"));
  });
  EXPECT_EQ(exchange_line(path_, "ask\n", 60s), answer);
  other.join();
}

TEST_F(ControlExchangeTest, WhoListensAndDoesNotAnswerIsGivenUp) {
  listen();
  EXPECT_EQ(failure(50ms), asio::error::timed_out);
}

TEST_F(ControlExchangeTest, WhoDoesNotEvenAcceptIsGivenUp) {
  listen(0);
  std::vector<std::unique_ptr<Protocol::socket>> waiting;
  boost::system::error_code full;
  while (!full && waiting.size() < 100) {
    waiting.push_back(std::make_unique<Protocol::socket>(loop_, Protocol()));
    const Protocol::endpoint endpoint(path_.string());
    waiting.back()->native_non_blocking(true);
    if (::connect(waiting.back()->native_handle(), endpoint.data(), static_cast<socklen_t>(endpoint.size())) != 0) {
      full.assign(errno, boost::system::system_category());
    }
  }
  ASSERT_EQ(full, boost::system::errc::resource_unavailable_try_again);
  EXPECT_EQ(failure(100ms), asio::error::timed_out);
}

TEST_F(ControlExchangeTest, OthersFailuresAreSaidAsTheyAre) {
  EXPECT_EQ(failure(60s), boost::system::errc::no_such_file_or_directory);
  listen();
  std::thread other([&] { acceptor_.accept().close(); });
  const auto code = failure(60s);
  EXPECT_TRUE(code == asio::error::eof || code == asio::error::connection_reset || code == asio::error::broken_pipe)
      << code.message();
  other.join();
  acceptor_.close();
  EXPECT_EQ(failure(60s), asio::error::connection_refused);
}

}  // namespace
}  // namespace pw::cli
