#pragma once
/// Counts the bytes of LIVE clients that are not read yet. Pure.

#include "bus/client_request.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

namespace pw::bus {

struct LiveInputLimits {
  std::size_t per_client = std::size_t{128} << 10U;  ///< more than all the subscriptions a client may have
  std::size_t total = std::size_t{1} << 20U;
  std::size_t handshake = 1024;  ///< bytes allowed for the handshake …
  std::size_t idle_rate = 64;    ///< … and, per second, for ZMTP heartbeats
};

/// XPUB reads all pending input before it delivers the first message, and keeps it while the client is connected. So
/// each client's received bytes are compared with those of its delivered messages.
class LiveInput {
 public:
  struct Excess {
    int descriptor;
    std::uint64_t unread;  ///< bytes
  };

  explicit LiveInput(LiveInputLimits limits = {}) : limits_(limits) {}

  void opened(int descriptor, SteadyTime now);
  void closed(int descriptor);

  /// Call when `bytes` of a client's messages were delivered.
  void read(int descriptor, std::size_t bytes);

  /// `bytes`: received from the client since it connected. Returns the client to close to keep the limits, if any.
  std::optional<Excess> received(int descriptor, std::uint64_t bytes, SteadyTime now);

  [[nodiscard]] bool has(int descriptor) const { return clients_.contains(descriptor); }
  [[nodiscard]] std::size_t size() const { return clients_.size(); }

 private:
  struct Client {
    std::uint64_t accounted = 0;  ///< bytes that were read or need not be
    std::uint64_t unread = 0;
    SteadyTime looked{};
  };
  void set_unread(Client& client, std::uint64_t unread);

  LiveInputLimits limits_;
  std::map<int, Client> clients_;
  std::uint64_t unread_ = 0;  ///< of all clients
};

}  // namespace pw::bus
