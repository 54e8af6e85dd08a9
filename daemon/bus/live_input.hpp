#pragma once
/// What the clients of LIVE have sent and nobody has read yet. Pure.

#include "bus/client_request.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

namespace pw::bus {

struct LiveInputLimits {
  std::size_t per_client = std::size_t{128} << 10U;  ///< more than all subscriptions that one may have
  std::size_t total = std::size_t{1} << 20U;
  std::size_t handshake = 1024;  ///< bytes that are no messages, at the beginning …
  std::size_t idle_rate = 64;    ///< … and those of ZMTP heartbeats, a second
};

/// XPUB takes in everything that has come before it hands over the first of it, and remembers it as long as the client
/// is connected. So the bytes of each client are counted against the messages that were handed over.
class LiveInput {
 public:
  struct Excess {
    int descriptor;
    std::uint64_t unread;  ///< bytes
  };

  explicit LiveInput(LiveInputLimits limits = {}) : limits_(limits) {}

  void opened(int descriptor, SteadyTime now);
  void closed(int descriptor);

  /// So many bytes of its messages were handed over.
  void read(int descriptor, std::size_t bytes);

  /// So many bytes have come from it since it connected. The client that is to be closed for the limits to hold.
  std::optional<Excess> received(int descriptor, std::uint64_t bytes, SteadyTime now);

  [[nodiscard]] bool has(int descriptor) const { return clients_.contains(descriptor); }
  [[nodiscard]] std::size_t size() const { return clients_.size(); }

 private:
  struct Client {
    std::uint64_t accounted = 0;  ///< bytes that were read, or need not be
    std::uint64_t unread = 0;
    SteadyTime looked{};
  };
  void set_unread(Client& client, std::uint64_t unread);

  LiveInputLimits limits_;
  std::map<int, Client> clients_;
  std::uint64_t unread_ = 0;  ///< of all
};

}  // namespace pw::bus
