#include "pipeline/poll_cycle.hpp"

#include "core/log.hpp"
#include "core/text.hpp"
#include "pipeline/answer_reader.hpp"
#include "pipeline/commit.hpp"
#include "pipeline/plugin_call.hpp"
#include "schedule/interval.hpp"

#include <utility>

namespace pw::pipeline {

using boost::asio::awaitable;

PollCycle::PollCycle(boost::asio::any_io_executor loop, const Dependencies& deps, ArticleProcessor& articles,
                     Counters& counters, const PollSettings& settings, SourceEntry& entry)
    : loop_(std::move(loop)),
      deps_(deps),
      articles_(articles),
      counters_(counters),
      settings_(settings),
      entry_(entry) {}

awaitable<void> PollCycle::run() {
  ++counters_.polls;
  if (co_await poll()) {
    AnswerReader answers(deps_, entry_, *plan_, result_);
    co_await answers.read_all();
    if (result_.cancelled()) co_return;
  }
  learn_dates();
  co_await process_items();
}

/// False if the poll cannot continue.
awaitable<bool> PollCycle::poll() {
  auto load = [this] { return deps_.store.load_requests(entry_.settings.id, entry_.options); };
  auto known = co_await deps_.pool.run(std::move(load));
  if (!known) {
    result_.error = known.error();
    co_return false;
  }
  plan_.emplace(std::move(*known));
  const source::PollInput input{entry_.state.cursor, deps_.clock.now()};
  auto call = [this, input] { return settled([&] { return entry_.source->poll(input); }); };
  auto polled = co_await deps_.pool_of(*entry_.plugin).run(std::move(call));
  if (!polled) {
    result_.error = polled.error();
    co_return false;
  }
  if (!polled->requests.empty()) result_.asked = polled->requests.front().url;
  result_.seen = deps_.clock.now();
  plan_->add_polled(std::move(polled->requests));
  result_.take(std::move(*polled));
  co_return true;
}

/// Updates how often the source publishes. A delivery contains only a few entries, so it does not count.
void PollCycle::learn_dates() {
  constexpr std::size_t kRecentItems = 24;
  if (!result_.items.empty()) entry_.recent.clear();
  for (const source::Item& item : result_.items) {
    if (entry_.recent.size() == kRecentItems) break;
    if (item.hints.published) entry_.recent.push_back(item.hints.published->time);
  }
  if (const auto gap = schedule::median_gap(entry_.recent)) entry_.state.gap_ms = gap->count();
}

awaitable<void> PollCycle::run_delivery(Delivery delivery) {
  if (!co_await poll()) co_return;
  const auto step = plan_->next();
  if (!step) co_return;
  fetch::FetchResponse response;
  response.status = 200;
  response.body = std::move(delivery.body);
  response.content_type = std::move(delivery.content_type);
  response.final_url = entry_.address_of(step->request.url);
  AnswerReader answers(deps_, entry_, *plan_, result_);
  co_await answers.parse(*step, response);
  // A delivery says nothing about the requests of a poll.
  result_.requests.clear();
  co_await process_items();
}

awaitable<void> PollCycle::process_items() {
  PollItems items(loop_, deps_, articles_, settings_, entry_, result_);
  co_await items.process();
}

awaitable<void> PollCycle::commit_state() {
  const bool whole =
      !result_.incomplete && !result_.error && result_.follow_ups_failed == 0 && plan_ && plan_->left() == 0;
  const bool moved = result_.cursor && whole;
  if (moved) entry_.state.cursor = *result_.cursor;
  store::Batch batch;
  batch.visits = std::move(result_.visits);
  batch.listed = std::move(result_.still_listed);
  if (!entry_.removed) {
    batch.source_state = entry_.state;
    const bool distrusted = result_.incomplete || entry_.state.state == "empty";
    for (store::RequestState& one : result_.requests) {
      // Otherwise a 304 would hide what is still to be read.
      if (distrusted) one.etag = one.last_modified = "";
    }
    if (!result_.requests.empty()) {
      batch.requests = store::SourceRequests{entry_.settings.id, entry_.options, std::move(result_.requests)};
    }
  }
  const auto committed = co_await commit(deps_.store, std::move(batch));
  if (!committed) {
    log::say("poll-not-stored", {.source = entry_.settings.id}, "{}: {}", entry_.settings.id,
             printable(committed.error().message));
  } else if (moved && !entry_.removed) {
    auto acknowledge = [this, cursor = *result_.cursor] { entry_.source->stored(cursor); };
    co_await deps_.pool_of(*entry_.plugin).run(std::move(acknowledge));
  }
}

}  // namespace pw::pipeline
