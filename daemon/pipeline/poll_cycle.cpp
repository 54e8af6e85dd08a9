#include "pipeline/poll_cycle.hpp"

#include "core/log.hpp"
#include "core/text.hpp"
#include "fetch/http/response_headers.hpp"
#include "pipeline/answers.hpp"
#include "pipeline/commit.hpp"
#include "pipeline/plugin_call.hpp"
#include "pipeline/refreshes.hpp"
#include "pipeline/side_by_side.hpp"
#include "schedule/interval.hpp"

#include <utility>

namespace pw::pipeline {

using boost::asio::awaitable;
using namespace std::chrono_literals;

namespace {

constexpr Milliseconds kSlow = 10s;        // response time above which the source's status reports it
constexpr Milliseconds kNoteChecked = 1h;  // a 304 sooner after the last one is not saved
constexpr unsigned kMaxRefreshes = 3;

/// The host's consecutive timeouts according to the source's saved state; nothing if it was never polled.
std::optional<unsigned> timeouts_of(const store::SourceState& state) {
  if (state.polls == 0) return std::nullopt;
  const bool silent = state.state == "slow" || state.state == "failing";
  return silent ? static_cast<unsigned>(std::max(state.failures, 1)) : 0;
}

/// Link headers take precedence over the body (WebSub, section 4). The topic defaults to the source's own address.
void name_hub(PollResult& result, const fetch::FetchResponse& response) {
  if (std::string hub = response.linked("hub"); !hub.empty()) {
    result.hub = std::move(hub);
    if (std::string self = response.linked("self"); !self.empty()) result.topic = std::move(self);
  }
  if (result.topic.empty()) result.topic = response.final_url;
}

bool has_validators(const store::RequestState& state) { return !state.etag.empty() || !state.last_modified.empty(); }

}  // namespace

PollCycle::PollCycle(boost::asio::any_io_executor loop, const Dependencies& deps, ArticleProcessor& articles,
                     Counters& counters, PollSettings settings, SourceEntry& entry)
    : loop_(std::move(loop)),
      deps_(deps),
      articles_(articles),
      counters_(counters),
      settings_(settings),
      entry_(entry),
      plugin_(loop_) {}

awaitable<void> PollCycle::run() {
  ++counters_.polls;
  if (co_await poll()) {
    while (const auto step = plan_->next()) {
      co_await fetch(*step);
      if (result_.error && result_.error->code == Errc::cancelled) co_return;
    }
    say_what_is_left();
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

/// Makes one request and parses the answer.
awaitable<void> PollCycle::fetch(const RequestPlan::Step& step) {
  const store::RequestState* known = plan_->known(request_id(step.request));
  const auto fetched = co_await ask(step, known);
  if (!fetched) {
    note_failure(step, fetched.error(), 0);
    co_return;
  }
  const fetch::FetchResponse& response = *fetched;
  if (response.status == 429 || response.status == 503) result_.retry_after = response.retry_after;
  note_first_answer(step, response);
  if (response.not_modified && known != nullptr && has_validators(*known)) {
    co_await take_unchanged(*known, response);
  } else if (response.status == 204 || response.status == 205) {
    result_.not_modified = true;
  } else if (!is_readable(response.status)) {
    note_failure(step, status_error(response), response.status);
  } else {
    result_.changed = true;
    if (response.took > kSlow) result_.warn(fmt::format("slow: the answer took {}", to_string(response.took)));
    co_await parse(step, response);
  }
}

/// The answer to a request, after following redirects in the page itself.
awaitable<Result<fetch::FetchResponse>> PollCycle::ask(const RequestPlan::Step& step,
                                                       const store::RequestState* known) {
  fetch::FetchRequest request;
  request.url = entry_.address_of(step.request.url);
  result_.by_new_address = result_.by_new_address || request.url != step.request.url;
  request.headers = step.request.headers;
  request.consecutive_timeouts = timeouts_of(entry_.state);
  request.owner = entry_.settings.id;
  request.max_body = entry_.plugin->max_body;
  request.keep_prefix = true;
  if (known != nullptr) {
    request.etag = known->etag;
    request.last_modified = known->last_modified;
    request.validators_of = known->answered_by;
  }
  for (unsigned hop = 0;; ++hop) {
    fetch::FetchRequest again = request;
    auto fetched = co_await deps_.web.fetch(std::move(request));
    if (!fetched || !is_readable(fetched->status)) co_return fetched;
    if (entry_.plugin->body == source::Plugin::Body::html || !can_refresh(*fetched)) co_return fetched;
    auto look = [&fetched] { return refresh_of(*fetched); };
    const std::string target = co_await deps_.pool.run(std::move(look));
    if (target.empty() || hop >= kMaxRefreshes) co_return fetched;
    request = std::move(again);
    request.url = target;
  }
}

/// Has the source parse an answer.
awaitable<void> PollCycle::parse(const RequestPlan::Step& step, const fetch::FetchResponse& response) {
  result_.seen = deps_.clock.now();
  std::string note;
  std::string follow_ups;
  auto call = [&]() -> Result<source::Emitted> {
    Result<source::Emitted> out = settled([&] {
      Body body = decode_body(entry_.plugin->body, response);
      note = std::move(body.note);
      return entry_.source->parse(
          {body.text, response.final_url, response.content_type, step.request.tag, entry_.state.cursor, result_.seen});
    });
    if (out) follow_ups = to_text(out->requests, out->at_once);
    return out;
  };
  auto emitted = co_await deps_.pool_of(*entry_.plugin).run(std::move(call));
  store::RequestState state;
  state.request = request_id(step.request);
  state.checked = result_.seen;
  if (!note.empty()) result_.warn(std::move(note));
  if (!response.note.empty()) result_.warn(response.note);
  if (!emitted) {
    // Saved without validators, so that a 304 does not hide a corrected answer.
    if (plan_->known(state.request) != nullptr) result_.requests.push_back(std::move(state));
    Error error = emitted.error();
    if (response.truncated) error = fail(Errc::too_large, "{}: {}", response.note, error.message);
    note_failure(step, error, 0);
    co_return;
  }
  state.etag = response.etag;
  state.last_modified = response.last_modified;
  state.answered_by = response.final_url;
  state.follow_ups = std::move(follow_ups);
  const bool worth = has_validators(state) || !state.follow_ups.empty() || step.request.rotate;
  if (worth || plan_->known(state.request) != nullptr) result_.requests.push_back(std::move(state));
  plan_->add_follow_ups(std::move(emitted->requests), emitted->at_once);
  result_.take(std::move(*emitted));
  if (step.first_level && step.request.url == result_.asked) name_hub(result_, response);
}

/// A 304 may carry newer validators (RFC 9110, section 15.4.5), and ends only its own request.
awaitable<void> PollCycle::take_unchanged(const store::RequestState& known, const fetch::FetchResponse& response) {
  result_.not_modified = true;
  store::RequestState state = known;
  if (!response.etag.empty()) state.etag = response.etag;
  if (!response.last_modified.empty()) state.last_modified = response.last_modified;
  const Time now = deps_.clock.now();
  const bool worth = state != known || abs(now - known.checked) > kNoteChecked || plan_->left() > 0;
  state.checked = now;
  auto read = [&known] { return follow_ups_of(known.follow_ups); };
  FollowUps follow_ups = co_await deps_.pool.run(std::move(read));
  if (worth || !follow_ups.requests.empty()) result_.requests.push_back(std::move(state));
  plan_->add_follow_ups(std::move(follow_ups.requests), follow_ups.at_once);
}

/// A failed follow-up is only a warning; a failed first-level request fails the source.
void PollCycle::note_failure(const RequestPlan::Step& step, const Error& error, int status) {
  const bool stopping = error.code == Errc::cancelled;
  if (step.first_level || stopping) {
    if (result_.error && !stopping) return;
    result_.error = error;
    result_.status = status;
    return;
  }
  ++follow_ups_failed_;
  result_.warn(fmt::format("{}: {}", printable(step.request.url, 200), error.message));
}

void PollCycle::note_first_answer(const RequestPlan::Step& step, const fetch::FetchResponse& response) {
  if (!result_.answered) result_.answered = fetch::sent_at(response, response.fetched);
  if (!step.first_level || step.request.url != result_.asked) return;
  result_.max_age = response.max_age;
  if (!result_.by_new_address) result_.permanent = response.permanent_url;
}

void PollCycle::say_what_is_left() {
  if (const std::size_t left = plan_->left(); left > 0) {
    result_.warn(fmt::format("{} more requests are left to the next polls", left));
  }
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
  co_await parse(*step, response);
  // A delivery says nothing about the requests of a poll.
  result_.requests.clear();
  co_await process_items();
}

awaitable<void> PollCycle::commit_state() {
  const bool whole = !result_.incomplete && !result_.error && follow_ups_failed_ == 0 && plan_ && plan_->left() == 0;
  const bool moved = result_.cursor && whole;
  if (moved) entry_.state.cursor = *result_.cursor;
  store::Batch batch;
  batch.visits = std::move(aliases_);
  batch.listed = std::move(listed_);
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
    spdlog::error("{}: {}", entry_.settings.id, printable(committed.error().message));
  } else if (moved && !entry_.removed) {
    auto acknowledge = [this, cursor = *result_.cursor] { entry_.source->stored(cursor); };
    co_await deps_.pool_of(*entry_.plugin).run(std::move(acknowledge));
  }
}

}  // namespace pw::pipeline
