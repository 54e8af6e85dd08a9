#include "fetch/throttle/host_throttle.hpp"

#include "core/text.hpp"
#include "fetch/throttle/owner_queue.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <optional>

namespace pw::fetch {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::hours kRemembered{8};  // longer than the longest usual poll interval
constexpr unsigned kMostMisses = 1'000;

}  // namespace

struct HostThrottle::Host {
  explicit Host(const asio::any_io_executor& executor) : next(executor) {}

  OwnerQueue queue;
  unsigned active = 0;
  bool answered = false;              ///< whether the last visit got a response
  unsigned consecutive_timeouts = 0;  ///< consecutive visits without a response
  Instant not_before{};               ///< the end of the gap
  Milliseconds gap{0};                ///< from robots.txt
  std::optional<Places::Ticket> ticket;
  asio::steady_timer next;
};

HostThrottle::HostThrottle(asio::any_io_executor executor, Limits limits, const Clock& clock)
    : executor_(std::move(executor)), limits_(limits), clock_(clock), places_(limits.max_total), silence_(executor_) {
  update(limits);
}

HostThrottle::~HostThrottle() = default;

asio::awaitable<Result<HostThrottle::Slot>> HostThrottle::take(std::string name, std::string owner, bool urgent) {
  const auto self = shared_from_this();
  if (cancelled_) co_return fail(Errc::cancelled, "stopping: {} was not asked", printable(name));
  if (is_held_long(name, owner)) co_return busy(name, owner);
  const auto waiter = std::make_shared<Waiter>(executor_, owner, urgent);
  host(name).queue.push(waiter);
  ++waiting_;
  pump(name);
  if (!waiter->visit) {
    boost::system::error_code ignored;
    co_await waiter->granted.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  if (!waiter->visit) {
    if (waiter->turned_away) co_return busy(name, owner);
    host(name).queue.remove(*waiter);
    --waiting_;
    co_return fail(Errc::cancelled, "cancelled while waiting for {}", printable(name));
  }
  co_return Slot(self, waiter->visit);
}

void HostThrottle::note_answer(const std::string& name, bool answered) {
  Host& known = host(name);
  known.answered = answered;
  known.consecutive_timeouts = answered ? 0 : std::min(known.consecutive_timeouts + 1, kMostMisses);
}

void HostThrottle::restore(const std::string& name, unsigned consecutive_timeouts) {
  if (hosts_.contains(name)) return;
  Host& known = host(name);
  known.answered = consecutive_timeouts == 0;
  known.consecutive_timeouts = std::min(consecutive_timeouts, kMostMisses);
}

void HostThrottle::hold(const std::string& name, const std::string& owner, Milliseconds pause, Holds::Reach reach) {
  if (pause <= Milliseconds{0}) return;
  const Instant now = clock_.steady();
  holds_.add(name, owner, now + std::min(pause, kLongestHold), reach, now);
  const auto turned_away =
      host(name).queue.take_out([&](const std::string& waits) { return is_held_long(name, waits); });
  for (const auto& waiter : turned_away) {
    --waiting_;
    waiter->turned_away = true;
    waiter->granted.cancel();
  }
}

void HostThrottle::forget_owner(const std::string& owner) {
  for (const std::string& name : holds_.forget(owner)) {
    if (hosts_.contains(name)) pump(name);
  }
}

bool HostThrottle::may_go(const std::string& name, const std::string& owner) const {
  return holds_.until(name, owner) <= clock_.steady();
}

bool HostThrottle::is_held_long(const std::string& name, const std::string& owner) const {
  return holds_.until(name, owner) > clock_.steady() + kLongestWait;
}

Error HostThrottle::busy(const std::string& name, const std::string& owner) const {
  const auto pause = std::chrono::ceil<std::chrono::seconds>(holds_.until(name, owner) - clock_.steady());
  return fail(Errc::busy, "{} asked for a pause (Retry-After); it will be asked again in {} or later", printable(name),
              pw::to_string(std::chrono::duration_cast<Milliseconds>(pause)));
}

void HostThrottle::set_gap(const std::string& name, Milliseconds gap) {
  Host& slow = host(name);
  slow.not_before += std::max(gap, limits_.min_gap) - std::max(slow.gap, limits_.min_gap);
  slow.gap = gap;
}

void HostThrottle::update(Limits limits) {
  limits_ = limits;
  limits_.max_per_host = std::max(limits_.max_per_host, 1U);
  places_.update(limits_.max_total);
}

void HostThrottle::cancel_all() {
  cancelled_ = true;
  silence_.cancel();
  for (const auto& [name, waited] : hosts_) {
    for (const auto& waiter : waited->queue.everyone()) waiter->granted.cancel();
  }
}

HostThrottle::Host& HostThrottle::host(const std::string& name) {
  const auto it = hosts_.find(name);
  if (it != hosts_.end()) return *it->second;
  if (hosts_.size() >= sweep_at_) forget_rested();
  return *hosts_.emplace(name, std::make_unique<Host>(executor_)).first->second;
}

void HostThrottle::forget_rested() {
  const Instant now = clock_.steady();
  std::erase_if(hosts_, [&](const auto& entry) {
    const Host& rested = *entry.second;
    return rested.queue.empty() && rested.active == 0 && rested.not_before + kRemembered <= now && !rested.ticket;
  });
  sweep_at_ = std::max<std::size_t>(1024, hosts_.size() * 2);
}

Responsiveness HostThrottle::responsiveness_of(const Host& host) noexcept {
  if (host.answered) return Responsiveness::responsive;
  return host.consecutive_timeouts == 0 ? Responsiveness::untried : Responsiveness::unresponsive;
}

void HostThrottle::pump(const std::string& name) {
  Host& at = host(name);
  const auto goes = [&](const std::string& owner) { return may_go(name, owner); };
  while (!cancelled_ && !at.queue.empty() && at.active < limits_.max_per_host) {
    const Instant now = clock_.steady();
    if (at.not_before > now || holds_.until(name) > now) {
      pump_at(name, at, std::max(at.not_before, holds_.until(name)));
      return;
    }
    if (!at.queue.has(goes)) {
      pump_at(name, at, first_release(name, at));
      return;
    }
    if (!places_.has_room(responsiveness_of(at))) {
      wait_for_place(name, at);
      return;
    }
    start_visit(name, at, *at.queue.pop(goes));
  }
}

/// When the first waiting owner is released, if all are held.
Instant HostThrottle::first_release(const std::string& name, const Host& at) const {
  Instant first = Instant::max();
  at.queue.for_each_owner([&](const std::string& owner) { first = std::min(first, holds_.until(name, owner)); });
  return first;
}

void HostThrottle::pump_at(const std::string& name, Host& at, Instant when) {
  at.next.expires_after(when - clock_.steady());
  at.next.async_wait([weak = weak_from_this(), name](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (!error && self) self->pump(name);
  });
}

void HostThrottle::start_visit(const std::string& name, Host& at, Waiter& waiter) {
  const Instant now = clock_.steady();
  const Responsiveness responsiveness = responsiveness_of(at);
  --waiting_;
  ++at.active;
  places_.take(responsiveness);
  at.not_before = now + std::max(limits_.min_gap, at.gap);
  waiter.visit = std::make_shared<Visit>(Visit{name, responsiveness, now, {}, false});
  if (responsiveness == Responsiveness::untried) first_visits_.add(waiter.visit);
  waiter.granted.cancel();
}

void HostThrottle::wait_for_place(const std::string& name, Host& at) {
  const bool may_wait = !at.queue.has_urgent();
  if (at.ticket) {
    if (at.ticket->may_wait == may_wait) return;
    places_.stop_waiting(*at.ticket);
  }
  at.ticket = places_.wait(name, at.answered, at.consecutive_timeouts, may_wait);
  end_silence();
}

void HostThrottle::end_silence() {
  const Instant now = clock_.steady();
  const Instant next = first_visits_.end_unanswered(places_.untried(), limits_.patience, now);
  if (cancelled_ || next == Instant::max()) return;
  silence_.expires_after(next - now);
  silence_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (!error && self) self->end_silence();
  });
}

void HostThrottle::end_visit(Visit& visit) {
  places_.leave(visit.responsiveness);
  first_visits_.remove(visit);
  const std::string& name = visit.host;
  Host& left = host(name);
  --left.active;
  left.not_before = std::max(left.not_before, clock_.steady() + std::max(limits_.min_gap, left.gap));
  while (const auto next = places_.next()) {
    host(*next).ticket.reset();
    pump(*next);
  }
  pump(name);
  end_silence();
}

}  // namespace pw::fetch
