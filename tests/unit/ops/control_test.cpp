#include "ops/control.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <istream>
#include <stdexcept>
#include <string>
#include <thread>

namespace pw::ops {
namespace {

namespace asio = boost::asio;
using Protocol = asio::local::stream_protocol;
using testing::HasSubstr;

class ControlTest : public testing::Test {
 protected:
  ControlTest()
      : path_(std::filesystem::temp_directory_path() / ("pw-control-" + std::to_string(::getpid()) + ".sock")) {}

  std::string ask(const std::string& line) {
    asio::io_context loop;
    Protocol::socket socket(loop);
    socket.connect(Protocol::endpoint(path_.string()));
    asio::write(socket, asio::buffer(line + '\n'));
    asio::streambuf buffer;
    asio::read_until(socket, buffer, '\n');
    std::istream in(&buffer);
    std::string reply;
    std::getline(in, reply);
    return reply;
  }

  std::filesystem::path path_;
  asio::io_context loop_;
};

TEST_F(ControlTest, AnswersLinesAndTurnsExceptionsIntoErrors) {
  Control control(loop_.get_executor(), path_, [](const boost::json::object& request) -> boost::json::object {
    if (request.contains("boom")) throw std::runtime_error("it went wrong");
    return {{"echo", request.at("cmd")}};
  });
  control.start();
  std::thread loop([this] { loop_.run(); });
  EXPECT_EQ(ask(R"({"cmd":"x"})"), R"({"echo":"x"})");
  EXPECT_THAT(ask(R"({"boom":1})"), HasSubstr("it went wrong"));
  EXPECT_THAT(ask("garbage"), HasSubstr("not a JSON object"));
  loop_.stop();
  loop.join();
}

TEST_F(ControlTest, ADeadSocketFileIsReplacedALiveOneIsNot) {
  { Protocol::acceptor dead(loop_, Protocol::endpoint(path_.string())); }
  const auto handler = [](const boost::json::object&) { return boost::json::object{}; };
  Control control(loop_.get_executor(), path_, handler);
  EXPECT_THROW(Control(loop_.get_executor(), path_, handler), std::runtime_error);
  control.stop();
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(ControlTest, OthersMayNotOpenTheSocket) {
  Control control(loop_.get_executor(), path_, [](const boost::json::object&) { return boost::json::object{}; });
  const auto permissions = std::filesystem::status(path_).permissions();
  EXPECT_EQ(permissions & std::filesystem::perms::others_all, std::filesystem::perms::none);
}

}  // namespace
}  // namespace pw::ops
