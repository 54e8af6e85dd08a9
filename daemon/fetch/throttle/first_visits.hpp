#pragma once
/// First visits to hosts, which end early when they hear nothing while others wait.

#include "fetch/throttle/visit.hpp"

#include <memory>
#include <vector>

namespace pw::fetch {

/// Loop thread only.
class FirstVisits {
 public:
  void add(std::shared_ptr<Visit> visit) { visits_.push_back(std::move(visit)); }
  void remove(const Visit& visit);

  /// Ends visits that have heard nothing for `patience`, one for each of `waiting` hosts that wait for their own.
  /// Returns when there is more to end; Instant::max() when there is not.
  Instant end_silent(std::size_t waiting, Milliseconds patience, Instant now);

 private:
  std::vector<std::shared_ptr<Visit>> visits_;
};

}  // namespace pw::fetch
