#pragma once
/// The addresses of the bus, and whether this process could listen on them. Blocks on the file system; any thread.

#include "core/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace pw::bus {

/// An endpoint that the bus may listen on: a loopback address and a port, or a socket in the file system.
struct Endpoint {
  std::string host;        ///< of tcp, without brackets: 127.x.y.z, ::1 or localhost
  std::uint16_t port = 0;  ///< of tcp; 0: any free port
  std::string path;        ///< of ipc; @NAME is in no folder; otherwise empty
  bool inproc = false;     ///< inside this process, for tests

  [[nodiscard]] bool is_v6() const { return host == "::1"; }
};

/// Errc::config with what is wrong, and what an endpoint looks like.
Result<Endpoint> parse_endpoint(const std::string& text);

/// Fails if somebody listens on the endpoint, if this user may not, or if there is a file other than a socket in its
/// place. `setting` is the key that the message advises to change: "live" or "log". Changes nothing.
Result<void> check_free(const std::string& endpoint, std::string_view setting);

}  // namespace pw::bus
