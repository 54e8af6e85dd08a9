#include "core/log.hpp"
#include "core/text.hpp"
#include "pipeline/pipeline.hpp"
#include "pipeline/turn.hpp"
#include "schedule/interval.hpp"

#include <algorithm>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMaxPushed = 16;     // deliveries that wait for one source
constexpr Milliseconds kBesidePush = 24h;  // between polls of a source whose hub brings its news

}  // namespace

/// A hub has brought something: it is read as an answer of the source is. Where that cannot be, the source is asked.
void Pipeline::deliver(WebSubSubscriber::Delivery delivery) {
  const auto key = keys_.find(delivery.source);
  if (key == keys_.end() || stopping_) return;
  const std::shared_ptr<SourceEntry>& entry = entries_.at(key->second);
  if (!entry->settings.enabled) return;
  if (delivery.body.empty() || entry->pushed.size() >= kMaxPushed) {
    entry->plan(deps_.clock.now(), deps_.clock);
    if (!entry->running) scheduler_.set(key->second, *entry->due);
    return;
  }
  entry->pushed.push_back({std::move(delivery.content_type), std::move(delivery.body)});
  if (!entry->running) end_turn(*entry);
}

boost::asio::awaitable<void> Pipeline::read_pushed(std::shared_ptr<SourceEntry> entry) {
  while (!entry->pushed.empty() && !stopping_ && !entry->removed) {
    const Pushed pushed = std::move(entry->pushed.front());
    entry->pushed.pop_front();
    try {
      co_await read_one(*entry, pushed);
    } catch (const std::exception& error) {
      if (stopping_) throw;
      spdlog::error("{}: a delivery was given up: {}", entry->settings.id, printable(error.what()));
    }
  }
  end_turn(*entry);
}

boost::asio::awaitable<void> Pipeline::read_one(SourceEntry& entry, const Pushed& pushed) {
  fetch::FetchResponse response;
  response.status = 200;
  response.body = pushed.body;
  response.content_type = pushed.content_type;
  Round round;
  const source::PollInput input{entry.state.cursor, deps_.clock.now()};
  auto poll = [&entry, input] { return guarded([&] { return entry.source->poll(input); }); };
  const auto polled = co_await deps_.pool.run(std::move(poll));
  if (!polled || polled->requests.empty()) co_return;
  const source::Request& request = polled->requests.front();
  response.final_url = entry.address_of(request.url);
  std::vector<source::Request> more;
  co_await read(entry, request, response, round, more);
  const std::vector<Time> recent = entry.recent;
  const std::int64_t gap = entry.state.gap_ms;
  co_await follow_new(entry, round);
  // A delivery holds a few entries only: no measure of how often the source has news.
  entry.recent = recent;
  entry.state.gap_ms = gap;
  const bool again = round.error || round.incomplete;
  if (entry.due) {
    const Time due = entry.next_due(deps_.clock);
    const Time soon = deps_.clock.now() + schedule_settings_.min_interval;
    entry.plan(again ? std::min(due, soon) : push_due(entry, due), deps_.clock);
  }
  if (round.error)
    spdlog::warn("{}: a delivery cannot be read: {}", entry.settings.id, printable(round.error->message));
  store::Batch batch;
  batch.source_state = entry.state;
  const auto committed = co_await commit(std::move(batch));
  if (!committed) spdlog::error("{}: {}", entry.settings.id, printable(committed.error().message));
}

/// One poll a day is enough beside a hub that delivers; it also comes in time to renew the lease.
Time Pipeline::push_due(const SourceEntry& entry, Time due) const {
  const auto until = websub_ ? websub_->trusted_until(entry.settings.id) : std::nullopt;
  if (!until) return due;
  const auto left = std::chrono::duration_cast<Milliseconds>(*until - deps_.clock.steady());
  return std::max(due, deps_.clock.now() + std::min(left, kBesidePush));
}

/// That can have been planned for the source when it was last asked, but for the hours it wants to be spared.
Milliseconds Pipeline::longest_rest(const SourceEntry& entry) const {
  const Milliseconds planned = std::min(Milliseconds{entry.state.interval_ms}, schedule::kLongestRest);
  return std::max({planned, usual_interval(entry.settings), websub_ ? kBesidePush : Milliseconds{0}});
}

}  // namespace pw::pipeline
