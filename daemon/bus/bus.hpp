#pragma once
/// The daemon's end of the bus: LIVE (XPUB) and LOG (ROUTER), as proto/BUS.md has them.

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
  std::size_t clients = 1000;  ///< connections to each endpoint
};

struct BusStats {
  std::uint64_t published = 0;  ///< seq of the last alert that was sent
  std::uint64_t sent = 0;       ///< alerts since the start
  std::uint64_t requests = 0;   ///< on LOG
  std::uint64_t busy = 0;       ///< requests that were refused for now
  std::uint64_t closed = 0;     ///< connections, because they overdid it
};

/// Owns one thread, which owns both sockets. Alerts go out in the order of seq without a hole: what publish() was not
/// told is read from the log.
class Bus {
 public:
  /// Called on the bus thread, once, when it ends for another reason than stop(), with a message for people. It must
  /// not call stop() there.
  using OnFailed = std::function<void(const std::string&)>;

  /// Binds, and then publishes what the log holds above `published`. `on_published` is called on the bus thread with
  /// the seq that everything up to was sent; `clock` must outlive the bus.
  /// Throws std::runtime_error when an address is not loopback or ipc, or is in use.
  Bus(BusSettings settings, std::unique_ptr<LogSource> log, std::uint64_t published,
      std::function<void(std::uint64_t)> on_published, const Clock& clock, OnFailed on_failed = {});
  ~Bus();
  Bus(const Bus&) = delete;
  Bus& operator=(const Bus&) = delete;

  /// Alerts that were committed, in order of seq. Any thread; never blocks.
  void publish(std::vector<StoredAlert> alerts);

  /// How a source stands (kind S on LIVE; kept for the LOG op "health"). `body` is JSON. Any thread; never blocks.
  void publish_health(std::string source, std::string body);

  /// Sends what is left and a last heartbeat, and ends the thread. Idempotent.
  void stop();

  [[nodiscard]] BusStats stats() const;

  /// Where it is bound: with the port, where the settings left it to the system ("tcp://127.0.0.1:*").
  [[nodiscard]] const std::string& live_endpoint() const;
  [[nodiscard]] const std::string& log_endpoint() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// Throws std::runtime_error unless the endpoint is ipc, or tcp on a loopback address.
void require_local(const std::string& endpoint);

}  // namespace pw::bus
