#pragma once
/// First visits to hosts, which are aborted when they get no response while other hosts wait.

#include "fetch/throttle/visit.hpp"

#include <memory>
#include <vector>

namespace pw::fetch {

/// Shares the first visits in progress with their slots. Loop thread only.
class FirstVisits {
 public:
  void add(std::shared_ptr<Visit> visit) { visits_.push_back(std::move(visit)); }
  void remove(const Visit& visit);

  /// Aborts visits that got no response within `patience`, at most one for each of the `waiting` untried hosts. Returns
  /// when to call it again; Instant::max() if no visit is left to abort.
  Instant end_unanswered(std::size_t waiting, Milliseconds patience, Instant now);

 private:
  std::vector<std::shared_ptr<Visit>> visits_;
};

}  // namespace pw::fetch
