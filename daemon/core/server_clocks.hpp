#pragma once
/// Compares the wall clock with those of the web servers that the daemon talks to.

#include "core/time.hpp"

#include <chrono>
#include <cstddef>
#include <list>
#include <optional>
#include <string>

namespace pw {

/// Keeps the latest reading of up to 64 hosts. One thread.
class ServerClocks {
 public:
  using Instant = std::chrono::steady_clock::time_point;

  /// The host's clock showed `shown` at `at`.
  void note(const std::string& host, Time shown, Instant at);

  /// How far our clock, which shows `now` at `at`, is behind the hosts' clocks: the median of at least three hosts;
  /// negative if it is ahead. Steps of our clock since the readings do not matter. Nothing if there are fewer hosts.
  [[nodiscard]] std::optional<Milliseconds> behind(Time now, Instant at) const;
  [[nodiscard]] std::size_t hosts() const { return readings_.size(); }

 private:
  struct Reading {
    std::string host;
    Time shown;
    Instant at;
  };
  std::list<Reading> readings_;  ///< oldest first
};

}  // namespace pw
