#pragma once
/// Counts the bytes of each connection that are not read yet. Pure.

#include "bus/client_request.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace pw::bus {

struct InputLimits {
  std::size_t per_connection = std::size_t{512} << 10U;
  std::size_t total = std::size_t{4} << 20U;
  std::size_t idle_rate = 16;  ///< bytes per second allowed for ZMTP heartbeats
};

/// libzmq delivers a message only once its last part has arrived, and buffers messages whether or not they are read,
/// both without limit. So the ledger counts the bytes received since nothing was left to read, including those of
/// closed connections: their data is still buffered.
class InputLedger {
 public:
  /// Bytes received on a connection since it was made, or nullopt if unknown.
  using Received = std::function<std::optional<std::uint64_t>(int descriptor)>;
  struct Excess {
    int descriptor;
    std::uint64_t unread;  ///< bytes
  };

  explicit InputLedger(InputLimits limits = {}) : limits_(limits) {}

  void opened(int descriptor, SteadyTime now);
  void closed(int descriptor);
  /// Call when a whole message of the connection was read.
  void read(int descriptor);

  /// The connections to close to keep the limits. `drained`: every complete message has been read.
  std::vector<Excess> check(SteadyTime now, bool drained, const Received& received);

  [[nodiscard]] std::size_t size() const { return connections_.size(); }
  /// True when the last check found unread input or a connection is new since.
  [[nodiscard]] bool check_soon() const { return check_soon_; }

 private:
  struct Connection {
    std::uint64_t settled = 0;  ///< bytes received when nothing was unread …
    SteadyTime settled_at{};    ///< … and the time of that
    bool progressed = false;    ///< a message was read since then
    std::uint64_t unread = 0;   ///< at the last check
  };
  void measure(Connection& connection, std::uint64_t received, SteadyTime now, bool drained) const;

  InputLimits limits_;
  std::map<int, Connection> connections_;
  std::uint64_t left_behind_ = 0;  ///< bytes from connections that closed since nothing was left to read
  bool check_soon_ = false;
};

}  // namespace pw::bus
