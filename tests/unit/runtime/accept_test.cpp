#include "runtime/accept.hpp"

#include "runtime/spawn.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <utility>

namespace pw::runtime {
namespace {

using boost::asio::ip::tcp;
using namespace std::chrono_literals;

boost::system::error_code system_error(int value) { return {value, boost::system::system_category()}; }

TEST(Accept, ErrorsAreOfFourKinds) {
  EXPECT_EQ(classify_accept_error(boost::asio::error::operation_aborted), AcceptError::closed);
  for (const int gone : {ECONNABORTED, EPROTO, EINTR}) {
    EXPECT_EQ(classify_accept_error(system_error(gone)), AcceptError::transient);
  }
  for (const int out : {EMFILE, ENFILE, ENOBUFS, ENOMEM, EIO}) {
    EXPECT_EQ(classify_accept_error(system_error(out)), AcceptError::shortage);
  }
  for (const int dead : {EBADF, ENOTSOCK, EINVAL}) {
    EXPECT_EQ(classify_accept_error(system_error(dead)), AcceptError::fatal);
  }
}

TEST(Accept, RestsLongerAndLongerInAShortage) {
  AcceptBackoff backoff("the test");
  EXPECT_EQ(backoff.failed(system_error(EMFILE)), 100ms);
  EXPECT_EQ(backoff.failed(system_error(EMFILE)), 200ms);
  for (int i = 0; i < 9; ++i) backoff.failed(system_error(EMFILE));
  EXPECT_EQ(backoff.failed(system_error(EMFILE)), 1'000ms);
  backoff.accepted();
  EXPECT_EQ(backoff.failed(system_error(EMFILE)), 100ms);
  EXPECT_EQ(backoff.failed(system_error(EBADF)), std::nullopt);
}

TEST(Accept, AClientThatIsGoneCostsNoRestUnlessAllAre) {
  AcceptBackoff backoff("the test");
  EXPECT_EQ(backoff.failed(system_error(ECONNABORTED)), 0ms);
  for (int i = 0; i < 99; ++i) backoff.failed(system_error(ECONNABORTED));
  EXPECT_GE(backoff.failed(system_error(ECONNABORTED)), 100ms);
}

/// Prevents the creation of file descriptors during its lifetime.
class NoDescriptors {
 public:
  NoDescriptors() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    rlimit none = before_;
    none.rlim_cur = static_cast<rlim_t>(lowest_free());
    ::setrlimit(RLIMIT_NOFILE, &none);
  }
  ~NoDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  NoDescriptors(const NoDescriptors&) = delete;
  NoDescriptors& operator=(const NoDescriptors&) = delete;

 private:
  static int lowest_free() {
    const int one = ::dup(0);
    ::close(one);
    return one;
  }
  rlimit before_{};
};

/// An acceptor that counts calls.
struct CountingAcceptor {
  tcp::acceptor& acceptor;
  int attempts = 0;

  auto get_executor() { return acceptor.get_executor(); }
  [[nodiscard]] bool is_open() const { return acceptor.is_open(); }
  template <class Token>
  auto async_accept(Token&& token) {
    ++attempts;
    return acceptor.async_accept(std::forward<Token>(token));
  }
};

TEST(Accept, GoesOnAfterAShortageOfDescriptorsAndDoesNotSpin) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP()
      << "UBSan opens a pipe to see whether an object is one, and takes it for none where there is no descriptor";
#endif
  boost::asio::io_context loop;
  tcp::acceptor acceptor(loop, {boost::asio::ip::make_address("127.0.0.1"), 0});
  CountingAcceptor counting{acceptor};
  int accepted = 0;
  auto count = [&](tcp::socket) { ++accepted; };
  auto task = accept_clients(counting, "the test", count);
  spawn(loop.get_executor(), std::move(task), "accept");
  boost::asio::io_context clients;
  tcp::socket client(clients);
  client.open(tcp::v4());
  {
    const NoDescriptors none;
    client.connect(acceptor.local_endpoint());
    const auto begin = std::chrono::steady_clock::now();
    while (counting.attempts < 4) loop.run_one_for(60s);
    EXPECT_EQ(accepted, 0);
    EXPECT_GE(std::chrono::steady_clock::now() - begin, 700ms) << "it rests 100, 200 and 400 ms, and does not spin";
  }
  const auto end = std::chrono::steady_clock::now() + 60s;
  while (accepted == 0 && std::chrono::steady_clock::now() < end) loop.run_one_for(100ms);
  EXPECT_EQ(accepted, 1);
  acceptor.close();
  loop.run();
}

}  // namespace
}  // namespace pw::runtime
