#include "bus/endpoint.hpp"

#include "core/message_of.hpp"
#include "core/text.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <optional>
#include <system_error>

namespace pw::bus {
namespace {

constexpr std::string_view kTcp = "tcp://";
constexpr std::string_view kIpc = "ipc://";

std::optional<std::uint16_t> port_number(std::string_view text) {
  if (text == "*") return 0;
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return port;
}

bool is_loopback(const std::string& host) {
  in_addr address{};
  if (host == "localhost" || host == "::1") return true;
  return ::inet_pton(AF_INET, host.c_str(), &address) == 1 && (ntohl(address.s_addr) >> 24U) == 127;
}

Result<Endpoint> parse_tcp(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  std::string host = colon > kTcp.size() ? text.substr(kTcp.size(), colon - kTcp.size()) : "";
  const auto port = port_number(std::string_view(text).substr(colon + 1));
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty() || !port) {
    return fail(Errc::config, "\"{}\" needs an address and a port from 1 to 65535, as in tcp://127.0.0.1:7701",
                printable(text));
  }
  if (!is_loopback(host)) {
    return fail(Errc::config,
                "the bus does not listen on {}: without authentication only loopback (tcp://127.0.0.1:PORT) and ipc:// "
                "are allowed",
                printable(text));
  }
  Endpoint out;
  out.host = std::move(host);
  out.port = *port;
  return out;
}

Result<Endpoint> parse_ipc(const std::string& text) {
  Endpoint out;
  out.path = text.substr(kIpc.size());
  if (out.path.empty()) return fail(Errc::config, "\"{}\" needs a path, as in ipc:///run/presswatch/live", text);
  if (out.path.size() >= sizeof(sockaddr_un::sun_path)) {
    return fail(Errc::config, "\"{}\" is too long: the path of a socket has at most {} bytes", printable(text),
                sizeof(sockaddr_un::sun_path) - 1);
  }
  return out;
}

Error cannot_listen(const std::string& endpoint, std::string_view setting, int error) {
  return fail(Errc::io, "the bus cannot listen on {}: {}. Stop what listens there, or set bus.{} to another address",
              printable(endpoint), message_of_errno(error), setting);
}

/// The errno of a bind() of the address, which is undone; 0: it worked.
int try_bind(const sockaddr* address, socklen_t size) {
  const int probe = ::socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (probe < 0) return errno;
  const int on = 1;
  ::setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const int error = ::bind(probe, address, size) == 0 ? 0 : errno;
  ::close(probe);
  return error;
}

int try_tcp(const Endpoint& endpoint) {
  if (endpoint.is_v6()) {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(endpoint.port);
    address.sin6_addr = in6addr_loopback;
    return try_bind(reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(endpoint.port);
  const bool numeric = ::inet_pton(AF_INET, endpoint.host.c_str(), &address.sin_addr) == 1;
  if (!numeric) address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return try_bind(reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

/// True if somebody accepts connections on the socket.
bool has_listener(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::ranges::copy(path, address.sun_path);
  const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (probe < 0) return false;
  const bool connected = ::connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  const bool is_full = !connected && errno == EAGAIN;
  ::close(probe);
  return connected || is_full;
}

/// The errno with which a socket cannot be made at the path; 0: it can. libzmq removes whatever is there.
int try_path(const std::string& path) {
  struct stat found {};
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  const std::string holder = folder.empty() ? "." : folder.string();
  if (::stat(holder.c_str(), &found) != 0) return errno;
  if (!S_ISDIR(found.st_mode)) return ENOTDIR;
  if (::faccessat(AT_FDCWD, holder.c_str(), W_OK | X_OK, AT_EACCESS) != 0) return errno;
  if (::lstat(path.c_str(), &found) != 0) return errno == ENOENT ? 0 : errno;
  return has_listener(path) ? EADDRINUSE : 0;
}

bool is_other_file(const std::string& path) {
  struct stat found {};
  return ::lstat(path.c_str(), &found) == 0 && !S_ISSOCK(found.st_mode);
}

}  // namespace

Result<Endpoint> parse_endpoint(const std::string& text) {
  if (text.starts_with(kTcp)) return parse_tcp(text);
  if (text.starts_with(kIpc)) return parse_ipc(text);
  if (text.starts_with("inproc://")) {
    Endpoint out;
    out.inproc = true;
    return out;
  }
  return fail(Errc::config, "\"{}\" is no address of a bus; use tcp://127.0.0.1:PORT or ipc:///PATH", printable(text));
}

Result<void> check_free(const std::string& endpoint, std::string_view setting) {
  const auto parsed = parse_endpoint(endpoint);
  if (!parsed) return parsed.error();
  const bool is_file = !parsed->path.empty() && !parsed->path.starts_with('@');
  if (is_file && is_other_file(parsed->path)) {
    return fail(
        Errc::io,
        "the bus cannot listen on {}: there is a file that is no socket. Move it away, or set bus.{} to another "
        "address",
        printable(endpoint), setting);
  }
  int error = 0;
  if (is_file) error = try_path(parsed->path);
  if (!parsed->host.empty()) error = try_tcp(*parsed);
  if (error != 0) return cannot_listen(endpoint, setting, error);
  return {};
}

}  // namespace pw::bus
