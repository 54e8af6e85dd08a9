#pragma once
/// The daemon's end of the bus: the sockets LIVE (XPUB) and LOG (ROUTER) of proto/BUS.md.

#include "core/log_source.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace pw::bus {

struct BusSettings {
  std::string live = "tcp://127.0.0.1:7701";
  std::string log = "tcp://127.0.0.1:7702";
  Milliseconds heartbeat{1000};
  std::size_t clients = 1000;  ///< maximum connections per endpoint
};

/// Counters since the start, except `published`.
struct BusStats {
  std::uint64_t published = 0;  ///< seq of the last alert sent
  std::uint64_t sent = 0;       ///< alerts
  std::uint64_t requests = 0;   ///< requests received on LOG
  std::uint64_t busy = 0;       ///< requests answered "busy"
  std::uint64_t closed = 0;     ///< connections closed because they exceeded a limit
};

/// Owns one thread, which owns both sockets. Sends alerts in seq order without gaps: alerts missing from publish() are
/// read from the log.
class Bus {
 public:
  /// Called at most once, on the bus thread, with a human-readable message when the thread ends without stop(). Must
  /// not call stop().
  using OnFailed = std::function<void(const std::string&)>;

  /// Binds both sockets, then publishes the alerts in the log after `published`. `on_published` is called on the bus
  /// thread with a seq once every alert up to it was sent. `clock` must outlive the bus. Throws std::runtime_error when
  /// an address is in use or is neither loopback nor ipc.
  Bus(BusSettings settings, std::unique_ptr<LogSource> log, std::uint64_t published,
      std::function<void(std::uint64_t)> on_published, const Clock& clock, OnFailed on_failed = {});
  ~Bus();
  Bus(const Bus&) = delete;
  Bus& operator=(const Bus&) = delete;

  /// Queues committed alerts, in seq order. Any thread; never blocks.
  void publish(std::vector<StoredAlert> alerts);

  /// Queues a source's health event (kind S on LIVE), which also replaces the one kept for the LOG op "health". `body`
  /// is JSON. Any thread; never blocks.
  void publish_health(std::string source, std::string body);

  /// Sends the queued messages and a final heartbeat, then ends the thread. Idempotent.
  void stop();

  [[nodiscard]] BusStats stats() const;

  /// The bound endpoint, with the actual port if the settings had a wildcard ("tcp://127.0.0.1:*").
  [[nodiscard]] const std::string& live_endpoint() const;
  [[nodiscard]] const std::string& log_endpoint() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pw::bus
