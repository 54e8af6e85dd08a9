#pragma once
/// How much of the replies their clients have not read yet. Pure.

#include "bus/client_request.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <vector>

namespace pw::bus {

struct ReplyLimits {
  std::size_t per_client = std::size_t{64} << 10U;  ///< with more than this unread, no further reply is made
  std::size_t total = std::size_t{64} << 20U;       ///< for all clients
  Milliseconds settle{2};                           ///< what was sent may not have reached the kernel before
  Milliseconds patience{30'000};                    ///< with a client that reads nothing …
  Milliseconds patience_when_full{2'000};           ///< … and while there is no room for others
};

/// Knows what was sent to each connection, and forgets it once the kernel has handed all of it over.
class UnreadReplies {
 public:
  /// Bytes of a connection that the kernel has not got rid of yet.
  using Unsent = std::function<std::size_t(int descriptor)>;

  explicit UnreadReplies(Unsent unsent, ReplyLimits limits = {}) : unsent_(std::move(unsent)), limits_(limits) {}

  /// A descriptor of -1 (not known) is not counted.
  void sent(int descriptor, std::size_t bytes, SteadyTime now);
  /// libzmq takes no more for this connection.
  void blocked(int descriptor, SteadyTime now);
  void closed(int descriptor);

  /// May this client have another reply now?
  [[nodiscard]] bool may_send(int descriptor, SteadyTime now);
  /// Is there room for one more of up to `bytes`, all clients together?
  [[nodiscard]] bool room(std::size_t bytes, SteadyTime now);
  /// The connections that have read nothing for so long that they must be closed. `full`: room() said no.
  [[nodiscard]] std::vector<int> stalled(SteadyTime now, bool full);
  [[nodiscard]] std::size_t total() const { return total_; }

 private:
  struct Connection {
    std::size_t bytes = 0;
    std::size_t in_kernel = 0;  ///< when last looked at
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
