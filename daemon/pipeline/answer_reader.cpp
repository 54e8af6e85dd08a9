#include "pipeline/answer_reader.hpp"

#include "core/text.hpp"
#include "fetch/http/response_headers.hpp"
#include "pipeline/answers.hpp"
#include "pipeline/plugin_call.hpp"
#include "pipeline/refreshes.hpp"

#include <utility>

namespace pw::pipeline {

using boost::asio::awaitable;
using namespace std::chrono_literals;

namespace {

constexpr Milliseconds kSlow = 10s;        // response time above which the source's status reports it
constexpr Milliseconds kNoteChecked = 1h;  // a 304 sooner after the last one is not saved

/// The host's consecutive timeouts according to the source's saved state; nothing if it was never polled.
std::optional<unsigned> timeouts_of(const store::SourceState& state) {
  if (state.polls == 0) return std::nullopt;
  const bool unresponsive = state.state == "slow" || state.state == "failing";
  return unresponsive ? static_cast<unsigned>(std::max(state.failures, 1)) : 0;
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

awaitable<void> AnswerReader::read_all() {
  while (const auto step = plan_.next()) {
    co_await fetch(*step);
    if (result_.cancelled()) co_return;
  }
  if (const std::size_t left = plan_.left(); left > 0) {
    result_.warn(fmt::format("{} more requests are left to the next polls", left));
  }
}

/// Makes one request and parses the answer.
awaitable<void> AnswerReader::fetch(const RequestPlan::Step& step) {
  const store::RequestState* known = plan_.known(request_id(step.request));
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
awaitable<Result<fetch::FetchResponse>> AnswerReader::ask(const RequestPlan::Step& step,
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
    entry_.counts->note(fetched);
    if (!fetched || !is_readable(fetched->status)) co_return fetched;
    if (entry_.plugin->body == source::Plugin::Body::html || !can_refresh(*fetched)) co_return fetched;
    auto look = [&fetched] { return refresh_of(*fetched); };
    const std::string target = co_await deps_.pool.run(std::move(look), fetched->body.size());
    if (target.empty() || hop >= kMaxRefreshes) co_return fetched;
    request = std::move(again);
    request.url = target;
  }
}

awaitable<void> AnswerReader::parse(const RequestPlan::Step& step, const fetch::FetchResponse& response) {
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
  auto emitted = co_await deps_.pool_of(*entry_.plugin).run(std::move(call), response.body.size());
  store::RequestState state;
  state.request = request_id(step.request);
  state.checked = result_.seen;
  if (!note.empty()) result_.warn(std::move(note));
  if (!response.note.empty()) result_.warn(response.note);
  if (!emitted) {
    // Saved without validators, so that a 304 does not hide a corrected answer.
    if (plan_.known(state.request) != nullptr) result_.requests.push_back(std::move(state));
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
  if (worth || plan_.known(state.request) != nullptr) result_.requests.push_back(std::move(state));
  plan_.add_follow_ups(std::move(emitted->requests), emitted->at_once);
  result_.take(std::move(*emitted));
  if (step.first_level && step.request.url == result_.asked) name_hub(result_, response);
}

/// A 304 may carry newer validators (RFC 9110, section 15.4.5), and ends only its own request.
awaitable<void> AnswerReader::take_unchanged(const store::RequestState& known, const fetch::FetchResponse& response) {
  result_.not_modified = true;
  store::RequestState state = known;
  if (!response.etag.empty()) state.etag = response.etag;
  if (!response.last_modified.empty()) state.last_modified = response.last_modified;
  const Time now = deps_.clock.now();
  const bool worth = state != known || abs(now - known.checked) > kNoteChecked || plan_.left() > 0;
  state.checked = now;
  auto read = [&known] { return follow_ups_of(known.follow_ups); };
  FollowUps follow_ups = co_await deps_.pool.run(std::move(read), known.follow_ups.size());
  if (worth || !follow_ups.requests.empty()) result_.requests.push_back(std::move(state));
  plan_.add_follow_ups(std::move(follow_ups.requests), follow_ups.at_once);
}

void AnswerReader::note_failure(const RequestPlan::Step& step, const Error& error, int status) {
  const bool stopping = error.code == Errc::cancelled;
  if (step.first_level || stopping) {
    if (result_.error && !stopping) return;
    result_.error = error;
    result_.status = status;
    return;
  }
  ++result_.follow_ups_failed;
  result_.warn(fmt::format("{}: {}", printable(step.request.url, 200), error.message));
}

void AnswerReader::note_first_answer(const RequestPlan::Step& step, const fetch::FetchResponse& response) {
  if (!result_.answered) result_.answered = fetch::sent_at(response, response.fetched);
  if (!result_.server_ahead) result_.server_ahead = fetch::server_ahead(response);
  if (!step.first_level || step.request.url != result_.asked) return;
  result_.max_age = response.max_age;
  if (!result_.by_new_address) result_.permanent = response.permanent_url;
}

}  // namespace pw::pipeline
