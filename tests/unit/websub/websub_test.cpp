#include "websub/callback_server.hpp"
#include "websub/form.hpp"
#include "websub/signature.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

  boost::asio::io_context loop_;
  std::vector<CallbackRequest> seen_;
  CallbackServer server_{loop_.get_executor(), "127.0.0.1:0", [this](CallbackRequest request) {
                           seen_.push_back(std::move(request));
                           return CallbackReply{200, "challenge"};
                         }};
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
  EXPECT_THAT(talk("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n"), StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(talk("DELETE / HTTP/1.1\r\nHost: a\r\n\r\n"), StartsWith("HTTP/1.1 405"));
  EXPECT_THAT(talk("garbage\r\n\r\n"), StartsWith("HTTP/1.1 400"));
  EXPECT_TRUE(seen_.empty());
}

TEST_F(CallbackServerTest, AnAddressThatIsNoneIsSaid) {
  for (const char* listen : {"", "8080", "host.example:80", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:99999"}) {
    EXPECT_THROW(CallbackServer(loop_.get_executor(), listen, nullptr), std::runtime_error) << listen;
  }
}

}  // namespace
}  // namespace pw::websub
