#include "websub/callback_server.hpp"
#include "websub/form.hpp"
#include "websub/signature.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <thread>

namespace pw::websub {
namespace {

using boost::asio::ip::tcp;
using testing::HasSubstr;
using testing::StartsWith;

// RFC 2202, test case 2, and RFC 4231, test case 2.
TEST(Signature, IsTheHmacOfTheBody) {
  constexpr std::string_view kBody = "what do ya want for nothing?";
  EXPECT_EQ(sign("sha1", "Jefe", kBody), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
  EXPECT_EQ(sign("sha256", "Jefe", kBody), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_TRUE(is_signed("sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", "Jefe", kBody));
  EXPECT_TRUE(is_signed("SHA1=EFFCDF6AE5EB2FA2D27416D5F184DF9C259A7C79", "Jefe", kBody));
  EXPECT_FALSE(is_signed("sha1=effcdf6ae5eb2fa2d27416d5f184df9c259a7c78", "Jefe", kBody));
  EXPECT_FALSE(is_signed("sha256=effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", "Jefe", kBody));
  EXPECT_FALSE(is_signed("md5=0", "Jefe", kBody));
  EXPECT_FALSE(is_signed("sha1=", "Jefe", kBody));
  EXPECT_FALSE(is_signed("", "Jefe", kBody));
}

TEST(Form, ComesBackAsItWent) {
  const std::string form = to_form({{"hub.topic", "https://a.example/?x=1&y=\xC3\xBC z"}, {"hub.mode", "subscribe"}});
  EXPECT_EQ(form, "hub.topic=https%3A%2F%2Fa.example%2F%3Fx%3D1%26y%3D%C3%BC%20z&hub.mode=subscribe");
  EXPECT_EQ(form_field(form, "hub.topic"), "https://a.example/?x=1&y=\xC3\xBC z");
  EXPECT_EQ(form_field("a=1&b=x+y%2&b=3&c", "b"), "x y%2");
  EXPECT_EQ(form_field("a=1&c", "c"), "");
  EXPECT_EQ(form_field("", "c"), "");
}

class CallbackServerTest : public testing::Test {
 protected:
  std::string talk(const std::string& said) {
    boost::asio::io_context client;
    tcp::socket socket(client);
    socket.connect({boost::asio::ip::make_address("127.0.0.1"), server_.port()});
    std::string heard;
    std::thread other([&] {
      boost::system::error_code error;
      boost::asio::write(socket, boost::asio::buffer(said), error);
      boost::asio::read(socket, boost::asio::dynamic_buffer(heard), error);
      finished_ = true;
    });
    while (!finished_) loop_.run_for(std::chrono::milliseconds(5));
    other.join();
    finished_ = false;
    return heard;
  }

  /// A client that stays connected.
  std::unique_ptr<tcp::socket> connect(const std::string& said) {
    auto socket = std::make_unique<tcp::socket>(loop_);
    socket->connect({boost::asio::ip::make_address("127.0.0.1"), server_.port()});
    boost::asio::write(*socket, boost::asio::buffer(said));
    return socket;
  }
  std::string reply_to(tcp::socket& socket) {
    std::string heard;
    bool closed = false;
    boost::asio::async_read(socket, boost::asio::dynamic_buffer(heard),
                            [&](const auto&, std::size_t) { closed = true; });
    while (!closed) loop_.run_one();
    return heard;
  }
  static std::string post(std::size_t length, const std::string& body, const std::string& path = "/w/token") {
    return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n" + body;
  }

  boost::asio::io_context loop_;
  std::vector<CallbackRequest> seen_;
  CallbackLimits limits_{.all_body_bytes = 10'000};
  CallbackServer server_{loop_.get_executor(), "127.0.0.1:0",
                         [this](CallbackRequest request) {
                           seen_.push_back(std::move(request));
                           return CallbackReply{200, "challenge"};
                         },
                         [](const std::string& path) { return path == "/w/token"; }, limits_};
  std::atomic<bool> finished_ = false;
};

TEST_F(CallbackServerTest, GivesRequestsToItsHandler) {
  server_.start();
  EXPECT_THAT(talk("GET /w/token?hub.mode=subscribe HTTP/1.1\r\nHost: a\r\n\r\n"),
              AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("\r\n\r\nchallenge")));
  EXPECT_THAT(talk("POST /w/token HTTP/1.1\r\nHost: a\r\nX-Hub-Signature: sha1=1\r\nContent-Type: text/xml\r\n"
                   "Content-Length: 5\r\n\r\nhello"),
              StartsWith("HTTP/1.1 200"));
  ASSERT_EQ(seen_.size(), 2U);
  EXPECT_EQ(seen_[0].path, "/w/token");
  EXPECT_EQ(seen_[0].query, "hub.mode=subscribe");
  EXPECT_FALSE(seen_[0].post);
  EXPECT_TRUE(seen_[1].post);
  EXPECT_EQ(seen_[1].signature, "sha1=1");
  EXPECT_EQ(seen_[1].body, "hello");
}

TEST_F(CallbackServerTest, RefusesWhatIsTooLargeOrNoRequest) {
  server_.start();
  EXPECT_THAT(talk("POST /w/token HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n"),
              StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(talk("DELETE /w/token HTTP/1.1\r\nHost: a\r\n\r\n"), StartsWith("HTTP/1.1 405"));
  EXPECT_THAT(talk("garbage\r\n\r\n"), StartsWith("HTTP/1.1 400"));
  EXPECT_TRUE(seen_.empty());
}

TEST_F(CallbackServerTest, DoesNotReadTheBodyOfARequestThatIsNotForUs) {
  server_.start();
  const auto early = connect(post(9000, "", "/w/other"));
  EXPECT_THAT(reply_to(*early), StartsWith("HTTP/1.1 410"));
  EXPECT_THAT(talk("GET /w/other HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n"), StartsWith("HTTP/1.1 404"));
  EXPECT_THAT(talk(post(4 << 20U, std::string(4 << 20U, 'x'), "/w/other")), StartsWith("HTTP/1.1 410"))
      << "who sends all of it first must hear the reply too";
  EXPECT_TRUE(seen_.empty());
}

TEST_F(CallbackServerTest, BodiesAreLimitedTogetherAndGiveTheirShareBack) {
  server_.start();
  const auto slow = connect(post(6000, "x"));
  // Once the slow request holds its share, other bodies are refused; until its header is read, they are accepted.
  std::string refusal;
  do {
    refusal = talk(post(6000, std::string(6000, 'y')));
  } while (refusal.starts_with("HTTP/1.1 200"));
  EXPECT_THAT(refusal, AllOf(StartsWith("HTTP/1.1 503"), HasSubstr("\r\nRetry-After: 15\r\n")));
  EXPECT_THAT(talk(post(3000, std::string(3000, 'y'))), StartsWith("HTTP/1.1 200")) << "there is room for this one";
  boost::asio::write(*slow, boost::asio::buffer(std::string(5999, 'x')));
  EXPECT_THAT(reply_to(*slow), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(talk(post(9000, std::string(9000, 'y'))), StartsWith("HTTP/1.1 200"));
}

TEST_F(CallbackServerTest, ABodyOfUnknownLengthCountsByWhatHasCome) {
  server_.start();
  const std::string head = "POST /w/token HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_THAT(talk(head + "5\r\nhello\r\n0\r\n\r\n"), StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(seen_.at(0).body, "hello");
  EXPECT_THAT(talk(head + "7000\r\n" + std::string(0x7000, 'x') + "\r\n0\r\n\r\n"), StartsWith("HTTP/1.1 503"));
  EXPECT_EQ(seen_.size(), 1U);
}

TEST_F(CallbackServerTest, AnAddressThatIsNoneIsSaid) {
  for (const char* listen : {"", "8080", "host.example:80", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:99999"}) {
    EXPECT_THROW(CallbackServer(loop_.get_executor(), listen, nullptr, nullptr), std::runtime_error) << listen;
  }
}

}  // namespace
}  // namespace pw::websub
