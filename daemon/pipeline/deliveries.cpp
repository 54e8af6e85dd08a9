/// Content that hubs deliver between the polls of a source.
#include "core/log.hpp"
#include "core/text.hpp"
#include "pipeline/pipeline.hpp"
#include "schedule/interval.hpp"

#include <algorithm>
#include <utility>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMaxWaiting = 16;    // unread deliveries of one source
constexpr Milliseconds kBesidePush = 24h;  // between polls of a source whose hub delivers its news

}  // namespace

/// Queues a delivery to be read like an answer of the source. An empty delivery, or one that exceeds the queue, still
/// indicates news, so the source is polled.
void Pipeline::deliver(WebSubSubscriber::Delivery delivery) {
  const auto entry = sources_.find(delivery.source);
  if (!entry || stopping_ || !entry->settings.enabled) return;
  if (delivery.body.empty() || entry->deliveries.size() >= kMaxWaiting) {
    ask_now(delivery.source);
    return;
  }
  entry->deliveries.push_back({std::move(delivery.content_type), std::move(delivery.body)});
  if (!entry->running) end_poll(entry);
}

boost::asio::awaitable<void> Pipeline::read_deliveries(std::shared_ptr<SourceEntry> entry) {
  while (!entry->deliveries.empty() && !stopping_ && !entry->removed) {
    Delivery delivery = std::move(entry->deliveries.front());
    entry->deliveries.pop_front();
    try {
      co_await read_delivery(*entry, std::move(delivery));
    } catch (const std::exception& error) {
      if (stopping_) throw;
      spdlog::error("{}: a delivery was given up: {}", entry->settings.id, printable(error.what()));
      entry->poll_again = true;
    }
  }
  end_poll(entry);
}

/// If something in a delivery cannot be read or stored, the source is polled soon.
boost::asio::awaitable<void> Pipeline::read_delivery(SourceEntry& entry, Delivery delivery) {
  PollCycle cycle = cycle_of(entry);
  co_await cycle.run_delivery(std::move(delivery));
  const PollResult& result = cycle.result();
  if (result.error) {
    spdlog::warn("{}: a delivery cannot be read: {}", entry.settings.id, printable(result.error->message));
  }
  if (entry.due) {
    const Time due = entry.next_due(deps_.clock);
    const Time soon = deps_.clock.now() + settings_.schedule.min_interval;
    entry.plan(result.error || result.incomplete ? std::min(due, soon) : push_due(entry, due), deps_.clock);
  }
  co_await cycle.commit_state();
}

/// One poll a day is enough while a hub delivers, and is early enough to renew the lease.
Time Pipeline::push_due(const SourceEntry& entry, Time due) const {
  const auto until = websub_ ? websub_->trusted_until(entry.settings.id) : std::nullopt;
  if (!until) return due;
  const auto left = std::chrono::duration_cast<Milliseconds>(*until - deps_.clock.steady());
  return std::max(due, deps_.clock.now() + std::min(left, kBesidePush));
}

/// The longest rest that can have been planned at the source's last poll, without the hours it asks to skip.
Milliseconds Pipeline::longest_rest(const SourceEntry& entry) const {
  const Milliseconds planned = std::min(Milliseconds{entry.state.interval_ms}, schedule::kLongestRest);
  return std::max(planned, websub_ ? kBesidePush : Milliseconds{0});
}

}  // namespace pw::pipeline
