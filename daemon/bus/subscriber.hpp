#pragma once
/// A subscriber that loses nothing (proto/BUS.md, section 5): live messages, with every gap read from the log.

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
  std::string channel;        ///< empty: all
  std::optional<Time> since;  ///< where to begin when there is no cursor; nothing: with what comes from now on
  std::optional<std::uint64_t> cursor;  ///< number of the last alert that was dealt with
};

/// One alert as it is handed over: each number once, in order.
struct Delivery {
  Header header;
  std::string body;  ///< JSON
  bool replayed = false;
};

/// Owns its sockets; one thread uses it.
class Subscriber {
 public:
  using OnAlert = std::function<bool(const Delivery&)>;      ///< false ends run()
  using OnNotice = std::function<void(const std::string&)>;  ///< what a person should know: lost, reset, away

  Subscriber(SubscriberSettings settings, OnAlert on_alert, OnNotice on_notice);
  ~Subscriber();
  Subscriber(const Subscriber&) = delete;
  Subscriber& operator=(const Subscriber&) = delete;

  /// Until on_alert says false or stop() was called. A daemon that is away is waited for.
  void run();
  /// From a signal handler or another thread.
  void stop() noexcept;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pw::bus
