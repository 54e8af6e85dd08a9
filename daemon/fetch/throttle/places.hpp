#pragma once
/// The limit on simultaneous visits of the whole daemon, and the hosts that wait for a place.

#include "fetch/throttle/visit.hpp"

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <set>
#include <string>

namespace pw::fetch {

/// Half of the places are reserved for hosts whose last visit got a response, and half of the rest for hosts that were
/// never visited, so that many hanging hosts block neither group. Hosts with fewer consecutive timeouts go first. Loop
/// thread only.
class Places {
 public:
  /// A host that is ready except for the limits; ordered by who goes first.
  struct Ticket {
    unsigned consecutive_timeouts;
    bool may_wait;
    std::uint64_t arrival;
    std::string host;
    bool answers;
    auto operator<=>(const Ticket&) const = default;
  };

  explicit Places(unsigned max_total) { update(max_total); }
  void update(unsigned max_total);

  [[nodiscard]] bool has_room(Responsiveness responsiveness) const noexcept;
  void take(Responsiveness responsiveness) noexcept;
  void leave(Responsiveness responsiveness) noexcept;
  [[nodiscard]] std::size_t active() const noexcept { return active_; }

  Ticket wait(std::string host, bool answers, unsigned consecutive_timeouts, bool may_wait);
  void stop_waiting(const Ticket& ticket);
  /// Removes and returns the host that waited longest for a place that is now free. It precedes hosts that have just
  /// had a place.
  std::optional<std::string> next();
  /// The number of hosts that wait for their first visit.
  [[nodiscard]] std::size_t untried() const noexcept { return untried_; }

 private:
  std::optional<std::string> pop(std::set<Ticket>& queue);
  [[nodiscard]] unsigned active_as(Responsiveness responsiveness) const noexcept;

  unsigned max_total_ = 1;
  std::size_t active_ = 0;
  std::array<unsigned, 3> active_as_{};  ///< by Responsiveness at the start of the visit
  std::set<Ticket> proven_;
  std::set<Ticket> unproven_;  ///< hosts that were never visited or did not answer last time
  std::size_t untried_ = 0;
  std::uint64_t arrivals_ = 0;
};

}  // namespace pw::fetch
