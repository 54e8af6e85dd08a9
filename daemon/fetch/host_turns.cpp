#include "fetch/host_turns.hpp"

#include "core/text.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace pw::fetch {

namespace asio = boost::asio;

struct HostTurns::Waiter {
  explicit Waiter(const asio::any_io_executor& executor) : granted(executor) {
    granted.expires_at(asio::steady_timer::time_point::max());
  }
  asio::steady_timer granted;  ///< cancelled when the turn has come
  bool has_turn = false;
  bool turned_away = false;  ///< a long hold came while it waited
};

struct HostTurns::Host {
  explicit Host(const asio::any_io_executor& executor) : next(executor) {}

  std::deque<std::shared_ptr<Waiter>> queue;
  unsigned active = 0;
  unsigned doubtful = 0;  ///< how many of the active visits began while it had not answered
  bool answered = false;  ///< the last time
  Instant not_before{};   ///< the end of the gap
  Instant held_until{};   ///< the end of a Retry-After
  Milliseconds gap{0};    ///< from robots.txt
  bool crowded_out = false;
  asio::steady_timer next;
};

HostTurns::Turn& HostTurns::Turn::operator=(Turn&& other) noexcept {
  if (this != &other) {
    end();
    owner_ = std::move(other.owner_);
    host_ = std::move(other.host_);
  }
  return *this;
}

void HostTurns::Turn::end() {
  if (const auto owner = std::exchange(owner_, nullptr)) owner->end_turn(host_);
}

HostTurns::HostTurns(asio::any_io_executor executor, Limits limits, const Clock& clock)
    : executor_(std::move(executor)), limits_(limits), clock_(clock) {
  update(limits);
}

HostTurns::~HostTurns() = default;

asio::awaitable<Result<HostTurns::Turn>> HostTurns::take(std::string name) {
  const auto self = shared_from_this();
  if (cancelled_) co_return fail(Errc::cancelled, "stopping: {} was not asked", printable(name));
  if (held_for(host(name)) > kLongestWait) co_return busy(name);
  const auto waiter = std::make_shared<Waiter>(executor_);
  host(name).queue.push_back(waiter);
  ++waiting_;
  pump(name);
  if (!waiter->has_turn) {
    boost::system::error_code ignored;
    co_await waiter->granted.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  if (!waiter->has_turn) {
    if (waiter->turned_away) co_return busy(name);
    std::erase(host(name).queue, waiter);
    --waiting_;
    co_return fail(Errc::cancelled, "given up while waiting for a turn at {}", printable(name));
  }
  co_return Turn(self, name);
}

void HostTurns::note_answer(const std::string& name, bool answered) { host(name).answered = answered; }

void HostTurns::hold(const std::string& name, Milliseconds pause) {
  Host& held = host(name);
  held.held_until = std::max(held.held_until, clock_.steady() + std::min(pause, kLongestHold));
  if (held_for(held) <= kLongestWait) return;
  for (const auto& waiter : std::exchange(held.queue, {})) {
    --waiting_;
    waiter->turned_away = true;
    waiter->granted.cancel();
  }
}

Milliseconds HostTurns::held_for(const Host& held) const {
  return std::chrono::duration_cast<Milliseconds>(held.held_until - clock_.steady());
}

Error HostTurns::busy(const std::string& name) {
  const auto pause = std::chrono::ceil<std::chrono::seconds>(held_for(host(name)));
  return fail(Errc::busy, "{} asked for a pause (Retry-After); it will be asked again in {} or later", printable(name),
              to_string(std::chrono::duration_cast<Milliseconds>(pause)));
}

void HostTurns::set_gap(const std::string& name, Milliseconds gap) {
  Host& slow = host(name);
  slow.not_before += std::max(gap, limits_.min_gap) - std::max(slow.gap, limits_.min_gap);
  slow.gap = gap;
}

void HostTurns::update(Limits limits) {
  limits_ = limits;
  limits_.max_per_host = std::max(limits_.max_per_host, 1U);
  limits_.max_total = std::max(limits_.max_total, 1U);
}

void HostTurns::cancel_all() {
  cancelled_ = true;
  for (const auto& [name, waited] : hosts_) {
    for (const auto& waiter : waited->queue) waiter->granted.cancel();
  }
}

HostTurns::Host& HostTurns::host(const std::string& name) {
  const auto it = hosts_.find(name);
  if (it != hosts_.end()) return *it->second;
  if (hosts_.size() >= sweep_at_) forget_rested();
  return *hosts_.emplace(name, std::make_unique<Host>(executor_)).first->second;
}

void HostTurns::forget_rested() {
  const Instant now = clock_.steady();
  std::erase_if(hosts_, [&](const auto& entry) {
    const Host& rested = *entry.second;
    return rested.queue.empty() && rested.active == 0 && rested.not_before <= now && rested.held_until <= now &&
           !rested.crowded_out;
  });
  sweep_at_ = std::max<std::size_t>(1024, hosts_.size() * 2);
}

bool HostTurns::has_place(bool answered) const noexcept {
  if (active_ >= limits_.max_total) return false;
  return answered || doubtful_active_ < std::max(limits_.max_total / 2, 1U);
}

void HostTurns::pump(const std::string& name) {
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
    if (!has_place(at.answered)) {
      if (!std::exchange(at.crowded_out, true)) (at.answered ? crowded_out_ : doubtful_).push_back(name);
      return;
    }
    const std::shared_ptr<Waiter> first = std::move(at.queue.front());
    at.queue.pop_front();
    --waiting_;
    ++active_;
    ++at.active;
    if (!at.answered) {
      ++at.doubtful;
      ++doubtful_active_;
    }
    at.not_before = now + std::max(limits_.min_gap, at.gap);
    first->has_turn = true;
    first->granted.cancel();
  }
}

void HostTurns::end_turn(const std::string& name) {
  --active_;
  Host& left = host(name);
  --left.active;
  if (left.doubtful > 0) {
    --left.doubtful;
    --doubtful_active_;
  }
  left.not_before = std::max(left.not_before, clock_.steady() + std::max(limits_.min_gap, left.gap));
  // The host that waited longest for a free place goes before the one that has just had one.
  while (!crowded_out_.empty() && active_ < limits_.max_total) pump_first(crowded_out_);
  while (!doubtful_.empty() && has_place(false)) pump_first(doubtful_);
  pump(name);
}

void HostTurns::pump_first(std::deque<std::string>& queue) {
  const std::string next = std::move(queue.front());
  queue.pop_front();
  host(next).crowded_out = false;
  pump(next);
}

}  // namespace pw::fetch
