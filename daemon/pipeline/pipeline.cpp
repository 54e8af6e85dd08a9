#include "pipeline/pipeline.hpp"

#include "core/log.hpp"
#include "core/text.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace pw::pipeline {

using boost::asio::awaitable;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kMaxAtOnce = 256;  // polls started per iteration

}  // namespace

Pipeline::Pipeline(const boost::asio::any_io_executor& loop, Dependencies deps, ConfigurationUpdate first)
    : deps_(std::move(deps)),
      stats_(first.now->settings.metrics.max_watchlists),
      sources_(deps_.clock, first.now->settings.metrics.max_sources),
      stories_(deps_.clock, deps_.store.clock_check().look().believed),
      articles_(deps_, stories_, stats_, counters_),
      deferred_(deps_, stats_, counters_),
      polls_(loop, deps_, sources_, articles_, counters_, first.now->settings.websub, [this] { wake_.cancel(); }),
      tasks_(loop),
      wake_(loop) {
  stats_.load(store::or_throw(deps_.store.load_watchlist_counts()));
  apply(std::move(first));
}

std::vector<std::shared_ptr<const void>> Pipeline::apply(ConfigurationUpdate update) {
  std::vector<std::shared_ptr<const void>> replaced;
  const config::Settings& settings = update.now->settings;
  if (update.matchers) {
    replaced.emplace_back(std::exchange(matchers_, std::move(update.matchers)));
    replaced.emplace_back(std::exchange(lists_, update.now->watchlists));
  }
  polls_.use({settings.schedule, settings.fetch.max_per_host});
  articles_.use(matchers_, settings.schedule);
  auto gone = sources_.apply(std::move(update.sources), std::move(update.saved),
                             [this](const SourceEntry& entry) { return polls_.longest_rest(entry); });
  polls_.note_changes(gone);
  std::ranges::move(gone, std::back_inserter(replaced));
  if (update.configured) {
    stats_.keep_only(update.configured->watchlists, deps_.clock.steady());
    deps_.store.keep_only(std::move(update.configured->sources), std::move(update.configured->watchlists));
  }
  wake_.cancel();
  return replaced;
}

void Pipeline::start() {
  polls_.start();
  auto scheduler = run_scheduler();
  tasks_.spawn(std::move(scheduler), "scheduler");
}

awaitable<void> Pipeline::stop() {
  stopping_ = true;
  deferred_.stop();
  wake_.cancel();
  tasks_.cancel();
  co_await polls_.stop();
  co_await tasks_.wait();
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
      for (const auto& entry : sources_.take_due(kMaxAtOnce)) polls_.begin(entry);
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
    log::say("stories-unknown", "the stories of before are not known and may be told again: {}",
             printable(done.error().message));
  }
}

void Pipeline::begin_release() {
  try {
    auto release = deferred_.release(lists_, sources_);
    tasks_.spawn(std::move(release), "deferred alerts");
  } catch (const std::exception& error) {
    log::say("deferred-stuck", "the deferred alerts cannot be released now: {}", printable(error.what()));
  }
}

}  // namespace pw::pipeline
