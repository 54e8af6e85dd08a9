#include "ops/control.hpp"

#include "fakes/run_until.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/datagram_protocol.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <istream>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

namespace pw::ops {
namespace {

namespace asio = boost::asio;
using Protocol = asio::local::stream_protocol;
using namespace std::chrono_literals;
using testing::AllOf;
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

  static asio::awaitable<boost::json::object> nothing(boost::json::object /*request*/) {
    co_return boost::json::object{};
  }

  std::filesystem::path path_;
  asio::io_context loop_;
};

TEST_F(ControlTest, AnswersLinesAndTurnsExceptionsIntoErrors) {
  Control control(loop_.get_executor(), path_, [](boost::json::object request) -> asio::awaitable<boost::json::object> {
    if (request.contains("boom")) throw std::runtime_error("it went wrong");
    co_return boost::json::object{{"echo", request.at("cmd")}};
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
  Control control(loop_.get_executor(), path_, nothing);
  EXPECT_THROW(Control(loop_.get_executor(), path_, nothing), std::runtime_error);
  control.stop();
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(ControlTest, WhatIsNoSocketIsLeftAlone) {
  const auto refusal = [this]() -> std::string {
    try {
      Control(loop_.get_executor(), path_, nothing);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "";
  };
  std::ofstream(path_) << "precious";
  EXPECT_THAT(refusal(), AllOf(HasSubstr(path_.string()), HasSubstr("a regular file"), HasSubstr("Move it away")));
  std::string kept;
  std::ifstream(path_) >> kept;
  EXPECT_EQ(kept, "precious");
  std::filesystem::remove(path_);

  std::filesystem::create_symlink("/nowhere", path_);
  EXPECT_THAT(refusal(), HasSubstr("a symbolic link"));
  std::filesystem::remove(path_);

  std::filesystem::create_directory(path_);
  EXPECT_THAT(refusal(), HasSubstr("a directory"));
  std::filesystem::remove(path_);
}

TEST_F(ControlTest, ASocketOfAnotherKindIsLeftAlone) {
  const asio::local::datagram_protocol::socket other(loop_, path_.string());
  EXPECT_THROW(Control(loop_.get_executor(), path_, nothing), std::runtime_error);
  EXPECT_TRUE(std::filesystem::exists(path_));
  std::filesystem::remove(path_);
}

TEST_F(ControlTest, TheFileOfAnotherIsNotRemovedAtTheEnd) {
  Control control(loop_.get_executor(), path_, nothing);
  std::filesystem::remove(path_);
  std::ofstream(path_) << "precious";
  control.stop();
  EXPECT_TRUE(std::filesystem::exists(path_));
  std::filesystem::remove(path_);
}

/// Adds clients on the same loop, so that the test has a single thread.
class ControlClientsTest : public ControlTest {
 protected:
  void serve(ControlLimits limits) {
    control_ = std::make_unique<Control>(
        loop_.get_executor(), path_,
        [](boost::json::object /*request*/) -> asio::awaitable<boost::json::object> {
          co_return boost::json::object{{"big", std::string(8 << 20, 'x')}};
        },
        limits);
    control_->start();
  }
  /// Answers {"cmd":"slow"} once release_ expires, and everything else at once.
  void serve_slowly(ControlLimits limits) {
    release_.expires_at(asio::steady_timer::time_point::max());
    control_ = std::make_unique<Control>(
        loop_.get_executor(), path_,
        [this](boost::json::object request) -> asio::awaitable<boost::json::object> {
          boost::system::error_code ignored;
          if (request.at("cmd") == "slow") {
            ++waiting_;
            co_await release_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
          }
          co_return request;
        },
        limits);
    control_->start();
  }
  static void send(Protocol::socket& socket, const std::string& line) {
    asio::write(socket, asio::buffer(line + '\n'));
  }
  /// Sends a line, and returns the reply once there is one.
  static std::shared_ptr<std::string> ask(Protocol::socket& socket, const std::string& line) {
    send(socket, line);
    auto reply = std::make_shared<std::string>();
    const auto heard = std::make_shared<std::string>();
    asio::async_read_until(socket, asio::dynamic_buffer(*heard), '\n', [reply, heard](auto, auto) { *reply = *heard; });
    return reply;
  }
  std::unique_ptr<Protocol::socket> client() {
    auto socket = std::make_unique<Protocol::socket>(loop_);
    socket->connect(Protocol::endpoint(path_.string()));
    const auto before = control_->clients();
    EXPECT_TRUE(until([&] { return control_->clients() != before || control_->clients() == most_; }));
    return socket;
  }
  /// Runs the loop until the condition holds; returns false on timeout.
  bool until(const std::function<bool()>& check) { return test::run_until(loop_, check); }
  /// Everything the client receives until the connection is closed.
  std::string heard_until_closed(Protocol::socket& socket) {
    std::string heard;
    bool closed = false;
    asio::async_read(socket, asio::dynamic_buffer(heard), [&](const auto&, std::size_t) { closed = true; });
    EXPECT_TRUE(until([&] { return closed; }));
    return heard;
  }

  std::size_t most_ = 32;
  asio::steady_timer release_{loop_};
  int waiting_ = 0;
  std::unique_ptr<Control> control_;
};

TEST_F(ControlClientsTest, OneMoreClosesTheOneThatWasSilentLongest) {
  ControlLimits limits;
  limits.clients = most_ = 2;
  serve(limits);
  const auto first = client();
  const auto second = client();
  asio::write(*first, asio::buffer(std::string("garbage\n")));
  std::string answer;
  bool answered = false;
  asio::async_read_until(*first, asio::dynamic_buffer(answer), '\n', [&](auto, auto) { answered = true; });
  ASSERT_TRUE(until([&] { return answered; }));
  const auto third = client();
  EXPECT_EQ(heard_until_closed(*second), "");
  EXPECT_EQ(control_->clients(), 2U);
  asio::write(*first, asio::buffer(std::string("garbage\n")));
  answer.clear();
  answered = false;
  asio::async_read_until(*first, asio::dynamic_buffer(answer), '\n', [&](auto, auto) { answered = true; });
  ASSERT_TRUE(until([&] { return answered; }));
  EXPECT_THAT(answer, HasSubstr("not a JSON object"));
}

TEST_F(ControlClientsTest, OthersAreAnsweredWhileOneWaits) {
  serve_slowly({});
  const auto patient = client();
  const auto quick = client();
  const auto late = ask(*patient, R"({"cmd":"slow"})");
  ASSERT_TRUE(until([&] { return waiting_ == 1; }));
  const auto at_once = ask(*quick, R"({"cmd":"quick"})");
  ASSERT_TRUE(until([&] { return !at_once->empty(); }));
  EXPECT_EQ(*late, "");
  release_.cancel();
  EXPECT_TRUE(until([&] { return *late == "{\"cmd\":\"slow\"}\n"; })) << *late;
}

TEST_F(ControlClientsTest, OneThatWaitsForItsReplyIsNotTheFirstToBeClosed) {
  ControlLimits limits;
  limits.clients = most_ = 2;
  serve_slowly(limits);
  const auto patient = client();
  const auto silent = client();
  send(*patient, R"({"cmd":"slow"})");
  ASSERT_TRUE(until([&] { return waiting_ == 1; }));
  const auto busy = client();
  EXPECT_EQ(heard_until_closed(*silent), "");
  send(*busy, R"({"cmd":"slow"})");
  ASSERT_TRUE(until([&] { return waiting_ == 2; }));
  const auto third = client();
  EXPECT_EQ(heard_until_closed(*patient), "") << "all wait";
}

TEST_F(ControlClientsTest, AStopDuringARequestEndsItsClient) {
  serve_slowly({});
  const auto patient = client();
  send(*patient, R"({"cmd":"slow"})");
  ASSERT_TRUE(until([&] { return waiting_ == 1; }));
  control_->stop();
  release_.cancel();
  EXPECT_EQ(heard_until_closed(*patient), "");
  EXPECT_TRUE(until([&] { return control_->clients() == 0; }));
}

TEST_F(ControlClientsTest, ASilentClientIsClosed) {
  ControlLimits limits;
  limits.request_within = 50ms;
  serve(limits);
  const auto silent = client();
  asio::write(*silent, asio::buffer(std::string("half a line")));
  EXPECT_EQ(heard_until_closed(*silent), "");
  EXPECT_TRUE(until([&] { return control_->clients() == 0; }));
}

TEST_F(ControlClientsTest, ARequestThatIsTooLongIsRefused) {
  ControlLimits limits;
  limits.request_bytes = 100;
  serve(limits);
  const auto verbose = client();
  asio::write(*verbose, asio::buffer(std::string(101, 'x')));
  EXPECT_THAT(heard_until_closed(*verbose), HasSubstr("longer than 100 bytes"));
}

TEST_F(ControlClientsTest, WhoDoesNotReadItsReplyIsClosed) {
  ControlLimits limits;
  limits.reply_within = 50ms;
  serve(limits);
  const auto deaf = client();
  asio::write(*deaf, asio::buffer(std::string("{}\n")));
  EXPECT_TRUE(until([&] { return control_->clients() == 0; }));
}

TEST_F(ControlTest, OthersMayNotOpenTheSocket) {
  Control control(loop_.get_executor(), path_, nothing);
  const auto permissions = std::filesystem::status(path_).permissions();
  EXPECT_EQ(permissions & std::filesystem::perms::others_all, std::filesystem::perms::none);
}

}  // namespace
}  // namespace pw::ops
