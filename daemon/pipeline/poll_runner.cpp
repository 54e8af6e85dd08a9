#include "pipeline/poll_runner.hpp"

#include "core/log.hpp"
#include "core/text.hpp"
#include "pipeline/source_health.hpp"
#include "pipeline/source_news.hpp"
#include "pipeline/timing.hpp"
#include "schedule/interval.hpp"
#include "text/url/url.hpp"

#include <algorithm>
#include <random>
#include <utility>

namespace pw::pipeline {

using boost::asio::awaitable;
using namespace std::chrono_literals;

namespace {

constexpr Milliseconds kAfterException = 5min;
constexpr std::size_t kMaxWaiting = 16;    // unread deliveries of one source
constexpr Milliseconds kBesidePush = 24h;  // between polls of a source whose hub delivers its news

double random_jitter() {
  static thread_local std::minstd_rand random{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(random);
}

}  // namespace

PollRunner::PollRunner(const boost::asio::any_io_executor& loop, const Dependencies& deps, SourceTable& sources,
                       ArticleProcessor& articles, Counters& counters, const config::WebSubSettings& websub,
                       std::function<void()> rescheduled)
    : loop_(loop),
      deps_(deps),
      sources_(sources),
      articles_(articles),
      counters_(counters),
      rescheduled_(std::move(rescheduled)),
      tasks_(loop) {
  if (!websub.on()) return;
  websub_ =
      std::make_unique<WebSubSubscriber>(loop, websub, deps_.web, deps_.store, deps_.clock,
                                         [this](WebSubSubscriber::Delivery delivery) { deliver(std::move(delivery)); });
}

void PollRunner::start() {
  if (websub_) websub_->start();
  started_ = true;
  publish_new();
}

awaitable<void> PollRunner::stop() {
  stopping_ = true;
  if (websub_) websub_->stop();
  deps_.web.cancel_all();
  for (const auto& [id, entry] : sources_.all()) entry->source->interrupt();
  tasks_.cancel();
  co_await tasks_.wait();
}

void PollRunner::note_changes(const std::vector<std::shared_ptr<SourceEntry>>& removed) {
  for (const auto& entry : removed) {
    deps_.web.forget_owner(entry->settings.id);
    publish_removal(*entry);
  }
  if (websub_) websub_->keep_only([this](const std::string& source) { return sources_.find(source) != nullptr; });
  publish_new();
}

bool PollRunner::ask_now(std::string_view source) {
  const auto entry = sources_.find(source);
  if (!entry || !sources_.ask_now(*entry)) return false;
  rescheduled_();
  return true;
}

/// If a poll cannot be started (out of memory), it is retried later and the scheduler keeps running.
void PollRunner::begin(const std::shared_ptr<SourceEntry>& entry) {
  if (entry->running) return;
  entry->running = true;
  try {
    auto task = poll(entry);
    tasks_.spawn(std::move(task), entry->settings.id);
  } catch (const std::exception& error) {
    entry->running = false;
    log::say("poll-failed", {.source = entry->settings.id}, "{}: its poll cannot begin: {}", entry->settings.id,
             printable(error.what()));
    entry->plan(deps_.clock.now() + kAfterException, deps_.clock);
    sources_.schedule(*entry);
  }
}

/// A poll that ends with an exception (out of memory, a bug) fails alone; the source is polled again.
awaitable<void> PollRunner::poll(std::shared_ptr<SourceEntry> entry) {
  try {
    co_await poll_once(*entry);
  } catch (const std::exception& error) {
    if (stopping_) throw;
    log::say("poll-failed", {.source = entry->settings.id}, "{}: its poll was given up: {}", entry->settings.id,
             printable(error.what()));
    entry->plan(deps_.clock.now() + kAfterException, deps_.clock);
  }
  end_poll(entry);
}

PollCycle PollRunner::cycle_of(SourceEntry& entry) {
  return PollCycle(loop_, deps_, articles_, counters_, settings_, entry);
}

awaitable<void> PollRunner::poll_once(SourceEntry& entry) {
  PollCycle cycle = cycle_of(entry);
  co_await cycle.run();
  const PollResult& result = cycle.result();
  if (result.cancelled()) co_return;
  if (websub_ && result.fresh > 0) websub_->distrust(entry.settings.id);
  co_await finish(entry, cycle);
  if (!websub_ || result.error || entry.removed) co_return;
  std::optional<Hub> named;
  if (result.changed && !result.not_modified) named = Hub{result.hub, result.topic};
  co_await websub_->ensure_subscription(entry.settings.id, std::move(named));
}

/// Plans the next poll and saves what this one learned.
awaitable<void> PollRunner::finish(SourceEntry& entry, PollCycle& cycle) {
  const PollResult& result = cycle.result();
  const std::string before = entry.state.state;
  const Time now = deps_.clock.now();
  note_clock(result);
  note_news(entry, result, now, deps_.store.clock_check().look().trusted);
  const bool notable = note_poll(entry, result, now);
  const Time due = due_after(entry, result, settings_.schedule, now, random_jitter());
  const bool settled = !result.error && !result.incomplete && due != Time{};
  entry.plan(settled ? push_due(entry, due) : due, deps_.clock);
  co_await cycle.commit_state();
  if (notable && !entry.removed) publish_health(entry, before);
}

void PollRunner::note_clock(const PollResult& result) {
  if (!result.server_ahead) return;
  const auto url = text::parse_url(result.asked);
  if (url) server_clocks_.note(url->host(), deps_.clock.now() + *result.server_ahead, deps_.clock.steady());
}

/// Lets pending deliveries be read, or the source be polled again when it is due.
void PollRunner::end_poll(const std::shared_ptr<SourceEntry>& entry) {
  entry->running = false;
  if (entry->removed || stopping_) return;
  if (!entry->deliveries.empty()) {
    entry->running = true;
    auto task = read_deliveries(entry);
    tasks_.spawn(std::move(task), entry->settings.id);
    return;
  }
  if (std::exchange(entry->poll_again, false)) entry->plan(deps_.clock.now(), deps_.clock);
  sources_.schedule(*entry);
  rescheduled_();
}

void PollRunner::publish_new() {
  if (!started_) return;
  for (const auto& [id, entry] : sources_.all()) {
    if (!entry->announced) publish_health(*entry, "");
  }
}

void PollRunner::publish_health(SourceEntry& entry, const std::string& previous) const {
  entry.announced = true;
  if (!deps_.on_health) return;
  bus::HealthInfo info = health_of(entry, previous, deps_.clock.now());
  info.next_due = entry.next_due(deps_.clock);
  deps_.on_health(info);
}

void PollRunner::publish_removal(const SourceEntry& entry) const {
  if (!deps_.on_health) return;
  bus::HealthInfo info = health_of(entry, entry.state.state, deps_.clock.now());
  info.state = bus::kRemovedState;
  info.since = info.at;
  info.next_due = Time{};
  info.reason = "is no longer configured";
  deps_.on_health(info);
}

/// Queues a delivery to be read like an answer of the source. An empty delivery, or one that exceeds the queue, still
/// indicates news, so the source is polled.
void PollRunner::deliver(WebSubSubscriber::Delivery delivery) {
  const auto entry = sources_.find(delivery.source);
  if (!entry || stopping_ || !entry->settings.enabled) return;
  if (delivery.body.empty() || entry->deliveries.size() >= kMaxWaiting) {
    ask_now(delivery.source);
    return;
  }
  entry->deliveries.push_back({std::move(delivery.content_type), std::move(delivery.body)});
  if (!entry->running) end_poll(entry);
}

awaitable<void> PollRunner::read_deliveries(std::shared_ptr<SourceEntry> entry) {
  while (!entry->deliveries.empty() && !stopping_ && !entry->removed) {
    Delivery delivery = std::move(entry->deliveries.front());
    entry->deliveries.pop_front();
    try {
      co_await read_delivery(*entry, std::move(delivery));
    } catch (const std::exception& error) {
      if (stopping_) throw;
      log::say("delivery-failed", {.source = entry->settings.id}, "{}: a delivery was given up: {}", entry->settings.id,
               printable(error.what()));
      entry->poll_again = true;
    }
  }
  end_poll(entry);
}

/// If something in a delivery cannot be read or stored, the source is polled soon.
awaitable<void> PollRunner::read_delivery(SourceEntry& entry, Delivery delivery) {
  PollCycle cycle = cycle_of(entry);
  co_await cycle.run_delivery(std::move(delivery));
  const PollResult& result = cycle.result();
  if (result.error) {
    log::say("delivery-unreadable", {.source = entry.settings.id}, "{}: a delivery cannot be read: {}",
             entry.settings.id, printable(result.error->message));
  }
  if (entry.due) {
    const Time due = entry.next_due(deps_.clock);
    const Time soon = deps_.clock.now() + settings_.schedule.min_interval;
    entry.plan(result.error || result.incomplete ? std::min(due, soon) : push_due(entry, due), deps_.clock);
  }
  const Time now = deps_.clock.now();
  note_news(entry, result, now, deps_.store.clock_check().look().trusted);
  const bool spoke = end_silence(entry, now);
  co_await cycle.commit_state();
  if (spoke && !entry.removed) publish_health(entry, "silent");
}

/// One poll a day is enough while a hub delivers, and is early enough to renew the lease.
Time PollRunner::push_due(const SourceEntry& entry, Time due) const {
  const auto until = websub_ ? websub_->trusted_until(entry.settings.id) : std::nullopt;
  if (!until) return due;
  const auto left = std::chrono::duration_cast<Milliseconds>(*until - deps_.clock.steady());
  return std::max(due, deps_.clock.now() + std::min(left, kBesidePush));
}

Milliseconds PollRunner::longest_rest(const SourceEntry& entry) const {
  const Milliseconds planned = std::min(Milliseconds{entry.state.interval_ms}, schedule::kLongestRest);
  return std::max(planned, websub_ ? kBesidePush : Milliseconds{0});
}

}  // namespace pw::pipeline
