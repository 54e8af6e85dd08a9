#include "fetch/throttle/first_visits.hpp"

#include <algorithm>
#include <utility>

namespace pw::fetch {

void FirstVisits::remove(const Visit& visit) {
  std::erase_if(visits_, [&visit](const auto& one) { return one.get() == &visit; });
}

Instant FirstVisits::end_unanswered(std::size_t waiting, Milliseconds patience, Instant now) {
  Instant next = Instant::max();
  for (const auto& visit : visits_) {
    if (waiting == 0) break;
    if (visit->given_up) {
      --waiting;
      continue;
    }
    if (!visit->give_up) continue;
    const Instant until = visit->unanswered_since + patience;
    if (until > now) {
      next = std::min(next, until);
    } else {
      std::exchange(visit->give_up, nullptr)();
      visit->given_up = true;
      --waiting;
    }
  }
  return next;
}

}  // namespace pw::fetch
