#pragma once
/// The clients of the LIVE socket: reads their subscriptions, and closes those that exceed a limit.

#include "bus/client_request.hpp"
#include "bus/live_guard.hpp"
#include "bus/subscription_ledger.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <zmq.hpp>

namespace pw::bus {

/// Call it on the socket's thread, unless noted otherwise.
class LiveSubscribers {
 public:
  /// Call before binding the socket. Connections beyond `most` are closed. Throws zmq::error_t and std::runtime_error.
  LiveSubscribers(zmq::context_t& context, zmq::socket_t& live, std::size_t most, const Clock& clock)
      : live_(live), clock_(clock), guard_(context, live, most, clock) {}

  /// Call once the socket is bound.
  void start() { guard_.start(); }
  /// Reads pending messages for a few milliseconds. True if there was a new subscription.
  bool read();
  /// Call before closing the socket.
  void close() { guard_.close(); }

  /// Connections closed since the start. Any thread.
  [[nodiscard]] std::uint64_t closed() const { return guard_.closed(); }
  /// Open connections. Any thread.
  [[nodiscard]] std::size_t connections() const { return guard_.connections(); }
  [[nodiscard]] std::size_t subscriptions() const { return subscriptions_.total(); }

 private:
  bool take(int descriptor, std::string message);

  zmq::socket_t& live_;
  const Clock& clock_;
  LiveGuard guard_;
  SubscriptionLedger subscriptions_;
};

}  // namespace pw::bus
