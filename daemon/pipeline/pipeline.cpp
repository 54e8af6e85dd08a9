#include "pipeline/pipeline.hpp"

#include "core/log.hpp"
#include "core/text.hpp"
#include "pipeline/source_health.hpp"
#include "pipeline/timing.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <random>
#include <stdexcept>
#include <utility>

namespace pw::pipeline {

using boost::asio::awaitable;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kMaxAtOnce = 256;  // polls started per iteration
constexpr Milliseconds kAfterException = 5min;

double random_jitter() {
  static thread_local std::minstd_rand random{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(random);
}

template <class Value>
Value or_throw(Result<Value> read) {
  if (!read) throw std::runtime_error(read.error().message);
  return std::move(*read);
}

}  // namespace

Pipeline::Pipeline(const boost::asio::any_io_executor& loop, Dependencies deps, ConfigurationUpdate first)
    : loop_(loop),
      deps_(std::move(deps)),
      sources_(deps_.clock),
      stories_(deps_.clock, deps_.store.clock_check().look().believed),
      articles_(deps_, stories_, stats_, counters_),
      deferred_(deps_, stats_, counters_),
      tasks_(loop),
      wake_(loop) {
  const config::WebSubSettings& websub = first.now->settings.websub;
  if (websub.on()) {
    websub_ = std::make_unique<WebSubSubscriber>(
        loop, websub, deps_.web, deps_.store, deps_.clock,
        [this](WebSubSubscriber::Delivery delivery) { deliver(std::move(delivery)); });
  }
  stats_.load(or_throw(deps_.store.load_channels()));
  apply(std::move(first));
}

std::vector<std::shared_ptr<const void>> Pipeline::apply(ConfigurationUpdate update) {
  std::vector<std::shared_ptr<const void>> replaced;
  const config::Settings& settings = update.now->settings;
  if (update.matchers) {
    replaced.emplace_back(std::exchange(matchers_, std::move(update.matchers)));
    replaced.emplace_back(std::exchange(lists_, update.now->watchlists));
  }
  settings_ = {settings.schedule, settings.fetch.max_per_host};
  articles_.use(matchers_, settings.schedule);
  auto gone = sources_.apply(std::move(update.sources), std::move(update.saved),
                             [this](const SourceEntry& entry) { return longest_rest(entry); });
  for (auto& entry : gone) {
    deps_.web.forget_owner(entry->settings.id);
    replaced.emplace_back(std::move(entry));
  }
  if (update.configured) {
    deps_.store.keep_only(std::move(update.configured->sources), std::move(update.configured->watchlists));
  }
  wake_.cancel();
  return replaced;
}

void Pipeline::start() {
  if (websub_) websub_->start();
  for (const auto& [id, entry] : sources_.all()) publish_health(*entry, "");
  auto scheduler = run_scheduler();
  tasks_.spawn(std::move(scheduler), "scheduler");
}

awaitable<void> Pipeline::stop() {
  stopping_ = true;
  deferred_.stop();
  if (websub_) websub_->stop();
  wake_.cancel();
  deps_.web.cancel_all();
  for (const auto& [id, entry] : sources_.all()) entry->source->interrupt();
  tasks_.cancel();
  co_await tasks_.wait();
}

bool Pipeline::ask_now(std::string_view source) {
  const auto entry = sources_.find(source);
  if (!entry || !sources_.ask_now(*entry)) return false;
  wake_.cancel();
  return true;
}

bool Pipeline::may_ask(std::string_view source) const {
  const auto entry = sources_.find(source);
  return entry && entry->settings.enabled;
}

awaitable<void> Pipeline::run_scheduler() {
  co_await warm_up_stories();
  while (!stopping_) {
    ++counters_.turns;
    deps_.store.clock_check().look();
    // Nothing is fetched that cannot be stored. Sources stay due until the store can write again.
    const bool may_poll = !deps_.store.trouble();
    if (may_poll) {
      for (const auto& entry : sources_.take_due(kMaxAtOnce)) begin_poll(entry);
    }
    if (deferred_.due(*lists_)) begin_release();
    const schedule::Instant now = deps_.clock.steady();
    const auto rest =
        std::chrono::duration_cast<Milliseconds>((may_poll ? sources_.next_due().value_or(now + 1s) : now + 1s) - now);
    wake_.expires_after(std::clamp<Milliseconds>(rest, 10ms, 1s));
    boost::system::error_code ignored;
    co_await wake_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
  }
}

/// Stories from before a restart are not news afterwards.
awaitable<void> Pipeline::warm_up_stories() {
  auto work = [this] { return stories_.warm_up(deps_.store); };
  const Result<void> done = co_await deps_.pool.run(std::move(work));
  if (!done) {
    spdlog::error("the stories of before are not known and may be told again: {}", printable(done.error().message));
  }
}

/// If a poll cannot be started (out of memory), it is retried later and the scheduler keeps running.
void Pipeline::begin_poll(const std::shared_ptr<SourceEntry>& entry) {
  if (entry->running) return;
  entry->running = true;
  try {
    auto task = poll(entry);
    tasks_.spawn(std::move(task), entry->settings.id);
  } catch (const std::exception& error) {
    entry->running = false;
    spdlog::error("{}: its poll cannot begin: {}", entry->settings.id, printable(error.what()));
    entry->plan(deps_.clock.now() + kAfterException, deps_.clock);
    sources_.schedule(*entry);
  }
}

void Pipeline::begin_release() {
  try {
    auto release = deferred_.release(lists_, sources_);
    tasks_.spawn(std::move(release), "deferred alerts");
  } catch (const std::exception& error) {
    spdlog::error("the deferred alerts cannot be released now: {}", printable(error.what()));
  }
}

/// A poll that ends with an exception (out of memory, a bug) fails alone; the source is polled again.
awaitable<void> Pipeline::poll(std::shared_ptr<SourceEntry> entry) {
  try {
    co_await poll_once(*entry);
  } catch (const std::exception& error) {
    if (stopping_) throw;
    spdlog::error("{}: its poll was given up: {}", entry->settings.id, printable(error.what()));
    entry->plan(deps_.clock.now() + kAfterException, deps_.clock);
  }
  end_poll(entry);
}

PollCycle Pipeline::cycle_of(SourceEntry& entry) {
  return PollCycle(loop_, deps_, articles_, counters_, settings_, entry);
}

awaitable<void> Pipeline::poll_once(SourceEntry& entry) {
  PollCycle cycle = cycle_of(entry);
  co_await cycle.run();
  const PollResult& result = cycle.result();
  if (result.error && result.error->code == Errc::cancelled) co_return;
  if (websub_ && result.fresh > 0) websub_->distrust(entry.settings.id);
  co_await finish(entry, cycle);
  if (!websub_ || result.error) co_return;
  std::optional<Hub> named;
  if (result.changed && !result.not_modified) named = Hub{result.hub, result.topic};
  co_await websub_->ensure_subscription(entry.settings.id, std::move(named));
}

/// Plans the next poll and saves what this one learned.
awaitable<void> Pipeline::finish(SourceEntry& entry, PollCycle& cycle) {
  const PollResult& result = cycle.result();
  const std::string before = entry.state.state;
  const Time now = deps_.clock.now();
  const bool notable = note_poll(entry, result, now);
  const Time due = due_after(entry, result, settings_.schedule, now, random_jitter());
  const bool settled = !result.error && !result.incomplete && due != Time{};
  entry.plan(settled ? push_due(entry, due) : due, deps_.clock);
  co_await cycle.commit_state();
  if (notable && !entry.removed) publish_health(entry, before);
}

/// Lets pending deliveries be read, or the source be polled again when it is due.
void Pipeline::end_poll(const std::shared_ptr<SourceEntry>& entry) {
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
  wake_.cancel();
}

void Pipeline::publish_health(const SourceEntry& entry, const std::string& previous) const {
  if (!deps_.on_health) return;
  bus::HealthInfo info = health_of(entry, previous, deps_.clock.now());
  info.next_due = entry.next_due(deps_.clock);
  deps_.on_health(info);
}

}  // namespace pw::pipeline
