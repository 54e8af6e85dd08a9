#include "fetch/throttle/host_throttle.hpp"

#include "core/text.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <list>
#include <optional>

namespace pw::fetch {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::hours kRemembered{8};  // longer than the longest usual poll interval
constexpr unsigned kMostMisses = 1'000;

}  // namespace

struct HostThrottle::Waiter {
  Waiter(const asio::any_io_executor& executor, bool may_not_wait) : granted(executor), urgent(may_not_wait) {
    granted.expires_at(asio::steady_timer::time_point::max());
  }
  asio::steady_timer granted;  ///< cancelled when the turn has come
  bool urgent;
  std::shared_ptr<Visit> visit;  ///< once it has its turn
  bool turned_away = false;      ///< a long hold came while it waited
};

struct HostThrottle::Visit {
  std::string host;
  Standing standing;
  Instant silent_since;
  std::function<void()> give_up;
  bool given_up = false;
};

struct HostThrottle::Host {
  explicit Host(const asio::any_io_executor& executor) : next(executor) {}

  std::list<std::shared_ptr<Waiter>> queue;  ///< an empty deque would take 600 bytes of each host
  unsigned active = 0;
  bool answered = false;              ///< the last time
  unsigned consecutive_timeouts = 0;  ///< visits without an answer, in a row
  Instant not_before{};               ///< the end of the gap
  Instant held_until{};               ///< the end of a Retry-After
  Milliseconds gap{0};                ///< from robots.txt
  std::optional<WaitQueue> crowded_out;
  asio::steady_timer next;
};

HostThrottle::Slot& HostThrottle::Slot::operator=(Slot&& other) noexcept {
  if (this != &other) {
    end();
    owner_ = std::move(other.owner_);
    visit_ = std::move(other.visit_);
  }
  return *this;
}

void HostThrottle::Slot::end() {
  const auto visit = std::exchange(visit_, nullptr);
  if (const auto owner = std::exchange(owner_, nullptr)) owner->end_visit(*visit);
}

const std::string& HostThrottle::Slot::host() const noexcept {
  static const std::string none;
  return visit_ ? visit_->host : none;
}

std::function<void()>& HostThrottle::Slot::asks() {
  visit_->silent_since = owner_->clock_.steady();
  owner_->end_silence();
  return visit_->give_up;
}

HostThrottle::HostThrottle(asio::any_io_executor executor, Limits limits, const Clock& clock)
    : executor_(std::move(executor)), limits_(limits), clock_(clock), silence_(executor_) {
  update(limits);
}

HostThrottle::~HostThrottle() = default;

asio::awaitable<Result<HostThrottle::Slot>> HostThrottle::take(std::string name, bool urgent) {
  const auto self = shared_from_this();
  if (cancelled_) co_return fail(Errc::cancelled, "stopping: {} was not asked", printable(name));
  if (held_for(host(name)) > kLongestWait) co_return busy(name);
  const auto waiter = std::make_shared<Waiter>(executor_, urgent);
  host(name).queue.push_back(waiter);
  ++waiting_;
  pump(name);
  if (!waiter->visit) {
    boost::system::error_code ignored;
    co_await waiter->granted.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  if (!waiter->visit) {
    if (waiter->turned_away) co_return busy(name);
    std::erase(host(name).queue, waiter);
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

void HostThrottle::recall(const std::string& name, unsigned consecutive_timeouts) {
  if (hosts_.contains(name)) return;
  Host& known = host(name);
  known.answered = consecutive_timeouts == 0;
  known.consecutive_timeouts = std::min(consecutive_timeouts, kMostMisses);
}

void HostThrottle::hold(const std::string& name, Milliseconds pause) {
  Host& held = host(name);
  held.held_until = std::max(held.held_until, clock_.steady() + std::min(pause, kLongestHold));
  if (held_for(held) <= kLongestWait) return;
  for (const auto& waiter : std::exchange(held.queue, {})) {
    --waiting_;
    waiter->turned_away = true;
    waiter->granted.cancel();
  }
}

Milliseconds HostThrottle::held_for(const Host& held) const {
  return std::chrono::duration_cast<Milliseconds>(held.held_until - clock_.steady());
}

Error HostThrottle::busy(const std::string& name) {
  const auto pause = std::chrono::ceil<std::chrono::seconds>(held_for(host(name)));
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
  limits_.max_total = std::max(limits_.max_total, 1U);
}

void HostThrottle::cancel_all() {
  cancelled_ = true;
  silence_.cancel();
  for (const auto& [name, waited] : hosts_) {
    for (const auto& waiter : waited->queue) waiter->granted.cancel();
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
    return rested.queue.empty() && rested.active == 0 && rested.not_before + kRemembered <= now &&
           rested.held_until <= now && !rested.crowded_out;
  });
  sweep_at_ = std::max<std::size_t>(1024, hosts_.size() * 2);
}

HostThrottle::Standing HostThrottle::standing_of(const Host& host) noexcept {
  if (host.answered) return Standing::answers;
  return host.consecutive_timeouts == 0 ? Standing::untried : Standing::silent;
}

unsigned HostThrottle::active_as(Standing standing) const noexcept {
  return active_as_[static_cast<std::size_t>(standing)];
}

bool HostThrottle::has_place(Standing standing) const noexcept {
  if (active_ >= limits_.max_total) return false;
  if (standing == Standing::answers) return true;
  const unsigned doubtful = active_as(Standing::untried) + active_as(Standing::silent);
  if (doubtful >= std::max(limits_.max_total / 2, 1U)) return false;
  return standing == Standing::untried || active_as(Standing::silent) < std::max(limits_.max_total / 4, 1U);
}

void HostThrottle::pump(const std::string& name) {
  Host& at = host(name);
  while (!cancelled_ && !at.queue.empty() && at.active < limits_.max_per_host) {
    const Instant now = clock_.steady();
    const Instant ready = std::max(at.not_before, at.held_until);
    if (ready > now) {
      at.next.expires_after(ready - now);
      at.next.async_wait([weak = weak_from_this(), name](const boost::system::error_code& error) {
        const auto self = weak.lock();
        if (!error && self) self->pump(name);
      });
      return;
    }
    const Standing standing = standing_of(at);
    if (!has_place(standing)) {
      crowd_out(name, at);
      return;
    }
    const std::shared_ptr<Waiter> first = std::move(at.queue.front());
    at.queue.pop_front();
    --waiting_;
    ++active_;
    ++at.active;
    ++active_as_[static_cast<std::size_t>(standing)];
    at.not_before = now + std::max(limits_.min_gap, at.gap);
    first->visit = std::make_shared<Visit>(Visit{name, standing, now, {}, false});
    if (standing == Standing::untried) first_visits_.push_back(first->visit);
    first->granted.cancel();
  }
}

void HostThrottle::crowd_out(const std::string& name, Host& at) {
  const bool may_wait = std::ranges::none_of(at.queue, &Waiter::urgent);
  if (at.crowded_out) {
    if (at.crowded_out->may_wait == may_wait) return;
    crowded_out_.erase(*at.crowded_out);
    unproven_.erase(*at.crowded_out);
  }
  at.crowded_out = WaitQueue{at.consecutive_timeouts, may_wait, ++arrivals_, name};
  (at.answered ? crowded_out_ : unproven_).insert(*at.crowded_out);
  end_silence();
}

/// Ends first visits that hear nothing, one for each host that waits for its own, and sees to those whose patience is
/// not over yet.
void HostThrottle::end_silence() {
  auto waiting = unproven_.begin();
  Instant next = Instant::max();
  for (const auto& visit : first_visits_) {
    if (waiting == unproven_.end() || waiting->consecutive_timeouts > 0) break;
    if (visit->given_up) ++waiting;
    if (!visit->give_up) continue;
    const Instant until = visit->silent_since + limits_.patience;
    if (until > clock_.steady()) {
      next = std::min(next, until);
    } else {
      std::exchange(visit->give_up, nullptr)();
      visit->given_up = true;
      ++waiting;
    }
  }
  if (cancelled_ || next == Instant::max()) return;
  silence_.expires_after(next - clock_.steady());
  silence_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (!error && self) self->end_silence();
  });
}

void HostThrottle::end_visit(Visit& visit) {
  --active_;
  --active_as_[static_cast<std::size_t>(visit.standing)];
  std::erase_if(first_visits_, [&visit](const auto& one) { return one.get() == &visit; });
  const std::string& name = visit.host;
  Host& left = host(name);
  --left.active;
  left.not_before = std::max(left.not_before, clock_.steady() + std::max(limits_.min_gap, left.gap));
  // The host that waited longest for a free place goes before the one that has just had one.
  while (!crowded_out_.empty() && has_place(Standing::answers)) pump_first(crowded_out_);
  while (!unproven_.empty() &&
         has_place(unproven_.begin()->consecutive_timeouts == 0 ? Standing::untried : Standing::silent)) {
    pump_first(unproven_);
  }
  pump(name);
  end_silence();
}

void HostThrottle::pump_first(std::set<WaitQueue>& queue) {
  const std::string next = std::move(queue.extract(queue.begin()).value().host);
  host(next).crowded_out.reset();
  pump(next);
}

}  // namespace pw::fetch
