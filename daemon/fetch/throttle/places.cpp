#include "fetch/throttle/places.hpp"

#include <algorithm>
#include <utility>

namespace pw::fetch {

namespace {

bool is_untried(const Places::Ticket& ticket) noexcept { return !ticket.answers && ticket.consecutive_timeouts == 0; }

}  // namespace

void Places::update(unsigned max_total) { max_total_ = std::max(max_total, 1U); }

unsigned Places::active_as(Responsiveness responsiveness) const noexcept {
  return active_as_[static_cast<std::size_t>(responsiveness)];
}

bool Places::has_room(Responsiveness responsiveness) const noexcept {
  if (active_ >= max_total_) return false;
  if (responsiveness == Responsiveness::responsive) return true;
  const unsigned unproven = active_as(Responsiveness::untried) + active_as(Responsiveness::unresponsive);
  if (unproven >= std::max(max_total_ / 2, 1U)) return false;
  return responsiveness == Responsiveness::untried ||
         active_as(Responsiveness::unresponsive) < std::max(max_total_ / 4, 1U);
}

void Places::take(Responsiveness responsiveness) noexcept {
  ++active_;
  ++active_as_[static_cast<std::size_t>(responsiveness)];
}

void Places::leave(Responsiveness responsiveness) noexcept {
  --active_;
  --active_as_[static_cast<std::size_t>(responsiveness)];
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
  if (!proven_.empty() && has_room(Responsiveness::responsive)) return pop(proven_);
  if (unproven_.empty()) return std::nullopt;
  const bool untried = unproven_.begin()->consecutive_timeouts == 0;
  return has_room(untried ? Responsiveness::untried : Responsiveness::unresponsive) ? pop(unproven_) : std::nullopt;
}

std::optional<std::string> Places::pop(std::set<Ticket>& queue) {
  Ticket first = std::move(queue.extract(queue.begin()).value());
  untried_ -= is_untried(first) ? 1 : 0;
  return std::move(first.host);
}

}  // namespace pw::fetch
