#pragma once
/// A lossless subscriber (proto/BUS.md, section 5): live messages, with every gap filled from the log.

#include "bus/frame.hpp"
#include "core/time.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace pw::bus {

struct SubscriberSettings {
  std::string live = "tcp://127.0.0.1:7701";
  std::string log = "tcp://127.0.0.1:7702";
  std::string channel;                  ///< empty: all channels
  std::optional<Time> since;            ///< where to start without a cursor; nullopt: only new alerts
  std::optional<std::uint64_t> cursor;  ///< number of the last alert processed
};

/// One delivered alert. Each number is delivered once, in order.
struct Delivery {
  Header header;
  std::string body;  ///< JSON
  bool replayed = false;
};

/// Owns its sockets. One thread, except stop().
class Subscriber {
 public:
  using OnAlert = std::function<bool(const Delivery&)>;      ///< returning false ends run()
  using OnNotice = std::function<void(const std::string&)>;  ///< human-readable: alerts lost, log reset, no daemon

  Subscriber(SubscriberSettings settings, OnAlert on_alert, OnNotice on_notice);
  ~Subscriber();
  Subscriber(const Subscriber&) = delete;
  Subscriber& operator=(const Subscriber&) = delete;

  /// Runs until on_alert returns false or stop() is called. Keeps retrying while the daemon is unreachable.
  void run();
  /// Safe from a signal handler and from other threads.
  void stop() noexcept;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pw::bus
