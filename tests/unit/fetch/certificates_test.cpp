#include "core/thread_cpu.hpp"
#include "unit/fetch/fetch_fixture.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <chrono>
#include <thread>

namespace pw::fetch {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::tcp;

/// Answers a client's first bytes with something that is not TLS.
class NoTlsServer {
 public:
  NoTlsServer() : acceptor_(loop_, {boost::asio::ip::address_v4::loopback(), 0}) {}
  ~NoTlsServer() {
    boost::system::error_code ignored;
    ::shutdown(acceptor_.native_handle(), SHUT_RDWR);
    if (thread_.joinable()) thread_.join();
    acceptor_.close(ignored);
  }
  NoTlsServer(const NoTlsServer&) = delete;
  NoTlsServer& operator=(const NoTlsServer&) = delete;

  std::string start() {
    thread_ = std::thread([this] { run(); });
    return "https://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + "/";
  }

 private:
  void run() {
    std::array<char, 4096> bytes{};
    while (true) {
      boost::system::error_code error;
      tcp::socket client = acceptor_.accept(error);
      if (error) return;
      client.read_some(boost::asio::buffer(bytes), error);
      boost::asio::write(client, boost::asio::buffer("this is not TLS\r\n", 17), error);
    }
  }

  boost::asio::io_context loop_;
  tcp::acceptor acceptor_;
  std::thread thread_;
};

/// Reading and parsing the certificates of all authorities takes the loop some 20 ms.
TEST_F(FetchTest, TheCertificatesOfAuthoritiesAreReadOnceNotForEachConnection) {
  NoTlsServer no_tls;
  const std::string url = no_tls.start();
  const auto time_of = [&](int fetches) {
    const auto begun = thread_cpu();
    for (int i = 0; i < fetches; ++i) EXPECT_EQ(get(url).error().code, Errc::io);
    return thread_cpu() - begun;
  };
  const auto first = time_of(1);
  EXPECT_LT(time_of(20), 5 * first + 50ms) << "the first takes " << first / 1us << " us";
}

}  // namespace
}  // namespace pw::fetch
