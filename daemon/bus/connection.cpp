#include "bus/connection.hpp"

#include <arpa/inet.h>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace pw::bus {
namespace {

bool is_connection_to(int descriptor, const std::string& endpoint) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0) return false;
  in_port_t port = 0;
  if (address.ss_family == AF_INET) {
    port = reinterpret_cast<const sockaddr_in&>(address).sin_port;
  } else if (address.ss_family == AF_INET6) {
    port = reinterpret_cast<const sockaddr_in6&>(address).sin6_port;
  } else if (address.ss_family == AF_UNIX) {
    return endpoint == "ipc://" + std::string(reinterpret_cast<const sockaddr_un&>(address).sun_path);
  }
  return port != 0 && endpoint.ends_with(':' + std::to_string(ntohs(port)));
}

bool end_connection(int descriptor) noexcept {
  // Disconnecting a TCP socket resets it, which discards data in flight; after a shutdown() that data would stay until
  // somebody reads it. Local sockets have no equivalent.
  sockaddr nowhere{};
  nowhere.sa_family = AF_UNSPEC;
  return ::connect(descriptor, &nowhere, sizeof nowhere) == 0 || ::shutdown(descriptor, SHUT_RDWR) == 0;
}

}  // namespace

std::optional<std::uint64_t> bytes_received(int descriptor) noexcept {
  tcp_info info{};
  socklen_t size = sizeof info;
  if (::getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return std::nullopt;
  return info.tcpi_bytes_received;
}

std::optional<std::uint64_t> bytes_taken_in(int descriptor) noexcept {
  const auto received = bytes_received(descriptor);
  int in_kernel = 0;
  if (!received || ::ioctl(descriptor, SIOCINQ, &in_kernel) != 0) return std::nullopt;
  const auto waiting = static_cast<std::uint64_t>(in_kernel);
  return *received > waiting ? *received - waiting : 0;
}

std::size_t bytes_unsent(int descriptor) noexcept {
  int unsent = 0;
  if (::ioctl(descriptor, SIOCOUTQ, &unsent) != 0 || unsent < 0) return 0;
  return static_cast<std::size_t>(unsent);
}

bool shut_down(int descriptor, const std::string& endpoint, SpareDescriptor& own) noexcept {
  // The duplicate ensures that the socket checked is the socket shut down, even if libzmq closes its descriptor
  // meanwhile.
  if (!own.follow(descriptor)) return false;
  const bool done = is_connection_to(own.fd(), endpoint) && end_connection(own.fd());
  own.let_go();
  return done;
}

}  // namespace pw::bus
