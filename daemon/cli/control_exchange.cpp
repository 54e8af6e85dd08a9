#include "cli/control_exchange.hpp"

#include "source/kinds/exec/unique_fd.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/system/system_error.hpp>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <thread>

namespace pw::cli {
namespace {

namespace asio = boost::asio;
using Deadline = std::chrono::steady_clock::time_point;

constexpr std::size_t kLongestAnswer = std::size_t{256} << 20U;
constexpr Milliseconds kTryAgain{50};

[[noreturn]] void give_up(const boost::system::error_code& error) { throw boost::system::system_error(error); }
[[noreturn]] void give_up(int error) { give_up({error, boost::system::system_category()}); }

Milliseconds left_until(Deadline deadline) {
  const auto left = std::chrono::ceil<Milliseconds>(deadline - std::chrono::steady_clock::now());
  if (left.count() <= 0) give_up(asio::error::timed_out);
  return left;
}

void wait_for(int socket, short what, Deadline deadline) {
  ::pollfd one{socket, what, 0};
  if (::poll(&one, 1, static_cast<int>(left_until(deadline).count())) < 0 && errno != EINTR) give_up(errno);
}

/// When the socket's backlog is full, connect(2) fails with EAGAIN, which Asio mistakes for success.
void connect(int socket, const std::filesystem::path& path, Deadline deadline) {
  const asio::local::stream_protocol::endpoint endpoint(path.string());
  while (::connect(socket, endpoint.data(), static_cast<::socklen_t>(endpoint.size())) != 0) {
    if (errno == EISCONN) return;
    if (errno != EAGAIN && errno != EINTR) give_up(errno);
    std::this_thread::sleep_for(std::min(kTryAgain, left_until(deadline)));
  }
}

void send(int socket, std::string_view rest, Deadline deadline) {
  while (!rest.empty()) {
    const auto sent = ::send(socket, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN || errno == EINTR) {
      wait_for(socket, POLLOUT, deadline);
    } else {
      give_up(errno);
    }
  }
}

std::string receive_line(int socket, Deadline deadline) {
  std::string line;
  std::array<char, 64 * 1024> part{};
  while (true) {
    const auto got = ::recv(socket, part.data(), part.size(), 0);
    if (got == 0) give_up(asio::error::make_error_code(asio::error::eof));
    if (got < 0) {
      if (errno != EAGAIN && errno != EINTR) give_up(errno);
      wait_for(socket, POLLIN, deadline);
      continue;
    }
    const std::string_view more(part.data(), static_cast<std::size_t>(got));
    const std::size_t end = more.find('\n');
    line += more.substr(0, end);
    if (end != std::string_view::npos) return line;
    if (line.size() > kLongestAnswer) give_up(EMSGSIZE);
  }
}

}  // namespace

std::string exchange_line(const std::filesystem::path& socket, const std::string& line, Milliseconds patience) {
  const Deadline deadline = std::chrono::steady_clock::now() + patience;
  const exec::UniqueFd connection(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (connection.get() < 0) give_up(errno);
  connect(connection.get(), socket, deadline);
  send(connection.get(), line, deadline);
  return receive_line(connection.get(), deadline);
}

}  // namespace pw::cli
