#include "ops/http_server.hpp"

#include "fakes/run_until.hpp"

#include <boost/asio/buffers_iterator.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <iterator>
#include <stdexcept>
#include <string>
#include <thread>

namespace pw::ops {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Unix = asio::local::stream_protocol;
using namespace std::chrono_literals;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class HttpServerTest : public testing::Test {
 protected:
  HttpServerTest()
      : path_(std::filesystem::temp_directory_path() / ("pw-http-" + std::to_string(::getpid()) + ".sock")) {}
  ~HttpServerTest() override {
    loop_.stop();
    if (thread_.joinable()) thread_.join();
    std::filesystem::remove(path_);
  }

  static asio::awaitable<HttpReply> echo(std::string path) {
    if (path == "/boom") throw std::runtime_error("it went wrong");
    HttpReply reply;
    reply.status = 200;
    reply.body = "you asked for " + path + "\n";
    co_return reply;
  }

  void start(const LocalAddress& address, HttpHandler handler = echo, HttpLimits limits = {}) {
    server_ = std::make_unique<HttpServer>(loop_.get_executor(), address, "metrics.listen", std::move(handler), limits);
    server_->start();
    const std::string& url = server_->address();
    port_ = address.path.empty() ? static_cast<std::uint16_t>(std::stoi(url.substr(url.rfind(':') + 1))) : 0;
    thread_ = std::thread([this] { loop_.run(); });
  }

  tcp::socket connect(asio::io_context& context) const {
    tcp::socket socket(context);
    socket.connect({asio::ip::make_address("127.0.0.1"), port_});
    return socket;
  }

  template <class Socket>
  static std::string exchange(Socket& socket, const std::string& request) {
    boost::system::error_code error;
    asio::write(socket, asio::buffer(request), error);
    asio::streambuf buffer;
    asio::read(socket, buffer, error);
    return {asio::buffers_begin(buffer.data()), asio::buffers_end(buffer.data())};
  }
  [[nodiscard]] std::string ask(const std::string& request) const {
    asio::io_context context;
    tcp::socket socket = connect(context);
    return exchange(socket, request);
  }

  std::filesystem::path path_;
  asio::io_context loop_;
  std::unique_ptr<HttpServer> server_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

const LocalAddress kAnyPort{"", "127.0.0.1", 0};

TEST_F(HttpServerTest, AnswersGetAndHeadWithoutTheQuery) {
  start(kAnyPort);
  EXPECT_THAT(ask("GET /x?y=1 HTTP/1.1\r\nHost: h\r\n\r\n"),
              AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), HasSubstr("Content-Length: 17\r\n"),
                    HasSubstr("Connection: close\r\n"), EndsWith("\r\n\r\nyou asked for /x\n")));
  EXPECT_THAT(ask("HEAD /x HTTP/1.0\r\n\r\n"),
              AllOf(HasSubstr(" 200 OK\r\n"), HasSubstr("Content-Length: 17\r\n"), EndsWith("\r\n\r\n")));
}

TEST_F(HttpServerTest, RefusesEverythingElse) {
  start(kAnyPort);
  EXPECT_THAT(ask("POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc"),
              AllOf(HasSubstr(" 405 "), HasSubstr("Allow: GET, HEAD")));
  EXPECT_THAT(ask("nonsense\r\n\r\n"), HasSubstr(" 400 "));
  EXPECT_THAT(ask("GET / HTTP/1.1\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n"), HasSubstr(" 431 "));
  EXPECT_THAT(ask("GET /boom HTTP/1.1\r\n\r\n"), AllOf(HasSubstr(" 500 "), Not(HasSubstr("it went wrong"))));
}

TEST_F(HttpServerTest, WhoSendsNothingIsDisconnected) {
  HttpLimits limits;
  limits.request_within = 100ms;
  start(kAnyPort, echo, limits);
  EXPECT_EQ(ask("GET / HT"), "");
}

TEST_F(HttpServerTest, IdleClientsMakeRoomForNewOnes) {
  HttpLimits limits;
  limits.clients = 4;
  limits.request_within = 600'000ms;
  start(kAnyPort, echo, limits);
  asio::io_context context;
  std::vector<tcp::socket> idle;
  for (int i = 0; i < 20; ++i) idle.push_back(connect(context));
  EXPECT_THAT(ask("GET /x HTTP/1.1\r\n\r\n"), HasSubstr(" 200 OK"));
  char byte = 0;
  boost::system::error_code error;
  idle.front().read_some(asio::buffer(&byte, 1), error);
  EXPECT_TRUE(error) << "the first one was closed";
}

TEST_F(HttpServerTest, ASlowAnswerKeepsNobodyWaiting) {
  start(kAnyPort, [this](std::string path) -> asio::awaitable<HttpReply> {
    HttpReply reply;
    reply.status = 200;
    reply.body = path;
    if (path == "/slow") {
      asio::steady_timer timer(loop_, 600s);
      co_await timer.async_wait(asio::use_awaitable);
    }
    co_return reply;
  });
  asio::io_context context;
  tcp::socket slow = connect(context);
  asio::write(slow, asio::buffer(std::string("GET /slow HTTP/1.1\r\n\r\n")));
  EXPECT_THAT(ask("GET /quick HTTP/1.1\r\n\r\n"), EndsWith("/quick"));
}

TEST_F(HttpServerTest, AUnixSocketIsForOwnerAndGroupAndRemovedAtTheEnd) {
  { Unix::acceptor dead(loop_, Unix::endpoint(path_.string())); }
  start({path_.string(), "", 0});
  EXPECT_EQ(server_->address(), "unix:" + path_.string());
  struct ::stat found {};
  ASSERT_EQ(::stat(path_.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0660U);
  asio::io_context context;
  Unix::socket socket(context);
  socket.connect(Unix::endpoint(path_.string()));
  EXPECT_THAT(exchange(socket, "GET /x HTTP/1.1\r\n\r\n"), EndsWith("you asked for /x\n"));
  loop_.stop();
  thread_.join();
  server_->stop();
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(HttpServerTest, AnAddressInUseIsNamedWithItsKey) {
  start(kAnyPort);
  try {
    const HttpServer second(loop_.get_executor(), {"", "127.0.0.1", port_}, "metrics.listen", echo);
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr("metrics.listen"), HasSubstr(std::to_string(port_)),
                                    HasSubstr("Address already in use")));
  }
}

TEST_F(HttpServerTest, AnIpv6AddressIsAnUrlToo) {
  try {
    start({"", "::1", 0});
  } catch (const std::runtime_error&) {
    GTEST_SKIP() << "there is no IPv6 here";
  }
  EXPECT_THAT(server_->address(), StartsWith("http://[::1]:"));
}

}  // namespace
}  // namespace pw::ops
