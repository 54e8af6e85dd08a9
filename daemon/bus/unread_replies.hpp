#pragma once
/// Counts the bytes of replies that clients have not read yet. Pure.

#include "bus/client_request.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <vector>

namespace pw::bus {

struct ReplyLimits {
  std::size_t per_client = std::size_t{64} << 10U;  ///< with more than this unread, no further reply is sent
  std::size_t total = std::size_t{64} << 20U;       ///< for all clients
  Milliseconds settle{2};                           ///< time for sent data to reach the kernel
  Milliseconds patience{30'000};                    ///< for a client that reads nothing …
  Milliseconds patience_when_full{2'000};           ///< … and for one while the total is exhausted
};

/// Tracks what was sent to each connection, until the peer has accepted all of it.
class UnreadReplies {
 public:
  /// Bytes in the kernel's send queue of a connection.
  using Unsent = std::function<std::size_t(int descriptor)>;

  explicit UnreadReplies(Unsent unsent, ReplyLimits limits = {}) : unsent_(std::move(unsent)), limits_(limits) {}

  /// A descriptor of -1 (unknown) is not counted.
  void sent(int descriptor, std::size_t bytes, SteadyTime now);
  /// Call when libzmq accepts no more data for the connection.
  void blocked(int descriptor, SteadyTime now);
  void closed(int descriptor);

  /// True when the client may be sent another reply now.
  [[nodiscard]] bool may_send(int descriptor, SteadyTime now);
  /// True when another reply of up to `bytes` fits the total limit.
  [[nodiscard]] bool room(std::size_t bytes, SteadyTime now);
  /// The connections to close because they have read nothing for too long. `full`: room() returned false.
  [[nodiscard]] std::vector<int> stalled(SteadyTime now, bool full);
  [[nodiscard]] std::size_t total() const { return total_; }

 private:
  struct Connection {
    std::size_t bytes = 0;
    std::size_t in_kernel = 0;  ///< as of the last check
    SteadyTime sent{};
    SteadyTime moved{};  ///< when the client last read something
  };
  using Connections = std::map<int, Connection>;

  Connection& note(int descriptor, SteadyTime now);
  bool settle(Connections::iterator connection, SteadyTime now);
  void settle_all(SteadyTime now);

  Unsent unsent_;
  ReplyLimits limits_;
  Connections connections_;
  std::size_t total_ = 0;
};

}  // namespace pw::bus
