#include "fetch/throttle/places.hpp"

#include <algorithm>
#include <utility>

namespace pw::fetch {

namespace {

bool is_untried(const Places::Ticket& ticket) noexcept { return !ticket.answers && ticket.consecutive_timeouts == 0; }

}  // namespace

void Places::update(unsigned max_total) { max_total_ = std::max(max_total, 1U); }

unsigned Places::active_as(Standing standing) const noexcept { return active_as_[static_cast<std::size_t>(standing)]; }

bool Places::has_room(Standing standing) const noexcept {
  if (active_ >= max_total_) return false;
  if (standing == Standing::answers) return true;
  const unsigned doubtful = active_as(Standing::untried) + active_as(Standing::silent);
  if (doubtful >= std::max(max_total_ / 2, 1U)) return false;
  return standing == Standing::untried || active_as(Standing::silent) < std::max(max_total_ / 4, 1U);
}

void Places::take(Standing standing) noexcept {
  ++active_;
  ++active_as_[static_cast<std::size_t>(standing)];
}

void Places::leave(Standing standing) noexcept {
  --active_;
  --active_as_[static_cast<std::size_t>(standing)];
}

Places::Ticket Places::wait(std::string host, bool answers, unsigned consecutive_timeouts, bool may_wait) {
  Ticket ticket{consecutive_timeouts, may_wait, ++arrivals_, std::move(host), answers};
  (answers ? proven_ : unproven_).insert(ticket);
  untried_ += is_untried(ticket) ? 1 : 0;
  return ticket;
}

void Places::stop_waiting(const Ticket& ticket) {
  const std::size_t erased = (ticket.answers ? proven_ : unproven_).erase(ticket);
  if (is_untried(ticket)) untried_ -= erased;
}

std::optional<std::string> Places::next() {
  if (!proven_.empty() && has_room(Standing::answers)) return pop(proven_);
  if (unproven_.empty()) return std::nullopt;
  const bool untried = unproven_.begin()->consecutive_timeouts == 0;
  return has_room(untried ? Standing::untried : Standing::silent) ? pop(unproven_) : std::nullopt;
}

std::optional<std::string> Places::pop(std::set<Ticket>& queue) {
  Ticket first = std::move(queue.extract(queue.begin()).value());
  untried_ -= is_untried(first) ? 1 : 0;
  return std::move(first.host);
}

}  // namespace pw::fetch
