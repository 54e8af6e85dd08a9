#pragma once
/// Addresses on which the daemon may listen without authentication. Pure; any thread.

#include "core/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace pw {

/// Either a Unix socket or a TCP port of the loopback interface.
struct LocalAddress {
  std::string path;  ///< of the Unix socket; empty: TCP
  std::string host;  ///< an address, without brackets
  std::uint16_t port = 0;
};

/// Parses "unix:/PATH", "127.0.0.1:PORT" or "[::1]:PORT". Port 0 lets the kernel choose one. Errc::invalid, with what
/// is expected, for anything else: names are not resolved, and other hosts must not reach the port.
Result<LocalAddress> parse_local_address(std::string_view text);

}  // namespace pw
