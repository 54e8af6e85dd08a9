#pragma once
/// What connections have sent that nobody could read yet. Pure.

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
  std::size_t idle_rate = 16;  ///< bytes a second that ZMTP heartbeats may be
};

/// libzmq hands over a message when its last part has come, however many there are, and takes in messages whether or
/// not they are read: both without a limit. So the bytes are counted that came in since nothing was left to read. Those
/// of connections that are closed count too: what they sent is still there.
class InputLedger {
 public:
  /// How many bytes have come in by a connection since it was made; nothing when that is not known.
  using Received = std::function<std::optional<std::uint64_t>(int descriptor)>;
  struct Excess {
    int descriptor;
    std::uint64_t unread;  ///< bytes
  };

  explicit InputLedger(InputLimits limits = {}) : limits_(limits) {}

  void opened(int descriptor, SteadyTime now);
  void closed(int descriptor);
  /// A whole message of the connection was read.
  void read(int descriptor);

  /// The connections that must be closed for the limits to hold. `drained`: every message that was whole has been read.
  std::vector<Excess> check(SteadyTime now, bool drained, const Received& received);

  [[nodiscard]] std::size_t size() const { return connections_.size(); }
  /// Was anything unread at the last check, or is a connection new since?
  [[nodiscard]] bool check_soon() const { return check_soon_; }

 private:
  struct Connection {
    std::uint64_t settled = 0;  ///< bytes that had come when none was unread …
    SteadyTime settled_at{};    ///< … and when that was
    bool progressed = false;    ///< a message was read since
    std::uint64_t unread = 0;   ///< at the last check
  };
  void measure(Connection& connection, std::uint64_t received, SteadyTime now, bool drained) const;

  InputLimits limits_;
  std::map<int, Connection> connections_;
  std::uint64_t left_behind_ = 0;  ///< bytes by connections that are closed, since nothing was left to read
  bool check_soon_ = false;
};

}  // namespace pw::bus
