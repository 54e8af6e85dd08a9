#include "runtime/loop_stalls.hpp"

#include "core/log.hpp"
#include "core/thread_cpu.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>

namespace pw::runtime {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kLogged = 1s;
constexpr std::chrono::seconds kMinute{60};

}  // namespace

void StallRecord::turn(Instant now) {
  const auto passed = now - minute_begun_;
  if (passed < kMinute) return;
  last_minute_ = passed < 2 * kMinute ? this_minute_ : Stall{};
  this_minute_ = {};
  minute_begun_ = now;
}

void StallRecord::note(const Stall& one, Instant now) {
  turn(now);
  most_cpu_ = std::max(most_cpu_, one.cpu);
  if (one.lasted > longest_.lasted) longest_ = one;
  if (one.lasted <= this_minute_.lasted) return;
  this_minute_ = one;
  if (one.lasted >= kLogged) {
    log::say("loop-blocked", "the event loop was blocked for {}, {} of it CPU time", to_string(one.lasted),
             to_string(one.cpu));
  }
}

Stall StallRecord::recent(Instant now) const {
  StallRecord then = *this;
  then.turn(now);
  return then.this_minute_.lasted > then.last_minute_.lasted ? then.this_minute_ : then.last_minute_;
}

boost::asio::awaitable<void> LoopStalls::run() {
  boost::system::error_code ignored;
  while (!stopped_) {
    const auto cpu_before = thread_cpu();
    timer_.expires_after(kPeriod);
    const auto due = timer_.expiry();
    co_await timer_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    if (stopped_) co_return;
    const auto now = std::chrono::steady_clock::now();
    const auto late = std::chrono::duration_cast<Milliseconds>(now - due);
    const auto cpu = std::chrono::duration_cast<Milliseconds>(thread_cpu() - cpu_before);
    lateness_.note(std::chrono::duration_cast<std::chrono::microseconds>(now - due));
    record_.note({late, std::min(late, cpu)}, now);
  }
}

void LoopStalls::stop() {
  stopped_ = true;
  timer_.cancel();
}

}  // namespace pw::runtime
