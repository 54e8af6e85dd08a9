#include "fetch/fetcher.hpp"

#include "core/text.hpp"
#include "fetch/http/curl_loop.hpp"
#include "fetch/http/exchange.hpp"
#include "fetch/http/redirect.hpp"
#include "fetch/http/request_headers.hpp"
#include "fetch/http/target.hpp"
#include "fetch/robots/robots_check.hpp"
#include "fetch/throttle/host_throttle.hpp"
#include "runtime/pool.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include <stdexcept>
#include <utility>

namespace pw::fetch {

namespace asio = boost::asio;

namespace {

std::shared_ptr<const Policy> policy_of(FetchSettings settings) {
  auto guard = AddressGuard::parse(settings.allow_addresses);
  if (!guard) throw std::invalid_argument(guard.error().message);
  return std::make_shared<const Policy>(Policy{std::move(settings), std::move(*guard)});
}

HostThrottle::Limits limits_of(const FetchSettings& settings) {
  return {settings.max_per_host, settings.max_total, settings.min_gap};
}

std::optional<Error> check_request(const FetchRequest& request) {
  if (request.method != "GET" && request.method != "HEAD" && request.method != "POST") {
    return fail(Errc::invalid, "method \"{}\" is not supported; use GET, HEAD or POST", printable(request.method));
  }
  if (request.etag.find_first_of("\r\n\0", 0, 3) != std::string::npos ||
      request.last_modified.find_first_of("\r\n\0", 0, 3) != std::string::npos) {
    return fail(Errc::invalid, "a validator contains a line break");
  }
  return check_request_headers(request.headers);
}

Exchange exchange_for(const Target& target, const FetchRequest& request, const FetchSettings& settings) {
  Exchange out;
  out.url = target.url;
  out.host = target.host;
  out.port = target.port;
  out.method = request.method;
  out.headers = request.headers;
  out.body = request.body;
  if (request.validators_of.empty() || request.validators_of == target.url) {
    out.etag = request.etag;
    out.last_modified = request.last_modified;
  }
  out.max_body = request.max_body != 0 ? request.max_body : settings.max_body;
  out.keep_prefix = request.keep_prefix;
  return out;
}

}  // namespace

struct Fetcher::State : std::enable_shared_from_this<State> {
  State(const asio::any_io_executor& executor, FetchSettings settings, const Clock& c, runtime::Pool* works)
      : clock(c),
        pool(works),
        policy(policy_of(std::move(settings))),
        loop(CurlLoop::make(executor)),
        turns(std::make_shared<HostThrottle>(executor, limits_of(policy->settings), c)),
        robots(c, works) {}

  asio::awaitable<Result<FetchResponse>> follow(FetchRequest request);
  asio::awaitable<std::optional<Error>> check_robots(Target target, HostThrottle::Slot& turn, std::string owner,
                                                     std::shared_ptr<const Policy> rules);
  asio::awaitable<Result<FetchResponse>> ask(Exchange what, HostThrottle::Slot& turn, std::string owner,
                                             Holds::Reach reach, std::shared_ptr<const Policy> rules);
  void note_answer(const std::string& host, const std::string& owner, Holds::Reach reach,
                   const Result<FetchResponse>& response);
  void count(const Result<FetchResponse>& result);

  const Clock& clock;
  runtime::Pool* pool;
  std::shared_ptr<const Policy> policy;
  std::shared_ptr<CurlLoop> loop;
  std::shared_ptr<HostThrottle> turns;
  RobotsCheck robots;
  FetchStats stats;
  bool cancelled = false;
};

asio::awaitable<Result<FetchResponse>> Fetcher::State::follow(FetchRequest request) {
  const std::shared_ptr<const Policy> rules = policy;
  if (auto error = check_request(request)) co_return std::move(*error);
  Result<Target> target = parse_target(request.url);
  if (!target) co_return target.error();
  if (request.consecutive_timeouts) turns->restore(target->visit, *request.consecutive_timeouts);
  HostThrottle::Slot turn;
  std::string permanent;
  bool all_permanent = true;
  for (unsigned hop = 0;; ++hop) {
    if (turn.host() != target->visit) {
      turn.end();
      auto taken = co_await turns->take(target->visit, request.owner, request.urgent);
      if (!taken) co_return taken.error();
      turn = std::move(*taken);
      if (pool != nullptr) co_await pool->room();
    }
    if (rules->settings.robots && request.robots) {
      if (auto refusal = co_await check_robots(*target, turn, request.owner, rules)) co_return std::move(*refusal);
    }
    Exchange what = exchange_for(*target, request, rules->settings);
    auto response = co_await ask(std::move(what), turn, request.owner, Holds::Reach::owner, rules);
    if (!response) co_return response.error();
    const std::string* location = response->header("location");
    if (!is_redirect(response->status) || location == nullptr || location->empty()) {
      response->permanent_url = std::move(permanent);
      co_return std::move(*response);
    }
    if (hop >= rules->settings.max_redirects) {
      co_return fail(Errc::http, "{}: redirected more than {} times, last to {}", printable(request.url),
                     rules->settings.max_redirects, printable(*location, 120));
    }
    Result<Target> next = resolve_target(*target, *location);
    if (!next)
      co_return fail(next.error().code, "{} redirects to a forbidden target: {}", printable(target->url),
                     next.error().message);
    all_permanent = all_permanent && (response->status == 301 || response->status == 308);
    permanent = all_permanent ? next->url : std::string();
    adapt_to_redirect(request, response->status, next->origin == target->origin);
    target = std::move(next);
  }
}

/// robots.txt belongs to no single source, so a pause requested for it holds all owners.
asio::awaitable<std::optional<Error>> Fetcher::State::check_robots(Target target, HostThrottle::Slot& turn,
                                                                   std::string owner,
                                                                   std::shared_ptr<const Policy> rules) {
  RobotsCheck::Ask asks = [this, &turn, owner, rules](Exchange what) {
    return ask(std::move(what), turn, owner, Holds::Reach::host, rules);
  };
  RobotsCheck::Verdict verdict = co_await robots.check(target, rules->settings.robots_token, std::move(asks));
  if (verdict.gap) turns->set_gap(turn.host(), *verdict.gap);
  co_return std::move(verdict.refusal);
}

asio::awaitable<Result<FetchResponse>> Fetcher::State::ask(Exchange what, HostThrottle::Slot& turn, std::string owner,
                                                           Holds::Reach reach, std::shared_ptr<const Policy> rules) {
  if (cancelled) co_return fail(Errc::cancelled, "{}: the fetch was given up", printable(what.host));
  ++stats.exchanges;
  what.give_up = &turn.asks();
  auto response = co_await exchange(loop, rules, std::move(what), clock, pool);
  note_answer(turn.host(), owner, reach, response);
  co_return response;
}

/// A refused address says nothing about the host.
void Fetcher::State::note_answer(const std::string& host, const std::string& owner, Holds::Reach reach,
                                 const Result<FetchResponse>& response) {
  if (response) {
    turns->note_answer(host, true);
    const bool pause = response->status == 429 || response->status == 503;
    if (pause && response->retry_after) turns->hold(host, owner, *response->retry_after, reach);
  } else if (response.error().code == Errc::timeout || response.error().code == Errc::io) {
    turns->note_answer(host, false);
  }
}

void Fetcher::State::count(const Result<FetchResponse>& result) {
  if (result) {
    stats.body_bytes += result->body.size();
    if (result->not_modified) ++stats.not_modified;
    return;
  }
  ++stats.failed;
  if (result.error().code == Errc::refused) ++stats.refused;
}

Fetcher::Fetcher(const asio::any_io_executor& executor, FetchSettings settings, const Clock& clock, runtime::Pool* pool)
    : state_(std::make_shared<State>(executor, std::move(settings), clock, pool)) {}

Fetcher::~Fetcher() = default;

asio::awaitable<Result<FetchResponse>> Fetcher::fetch(FetchRequest request) {
  const std::shared_ptr<State> state = state_;
  ++state->stats.requests;
  Result<FetchResponse> result;
  try {
    result = co_await state->follow(std::move(request));
  } catch (const boost::system::system_error& error) {
    // A coroutine cancelled while it waits for the pool gets the cancellation as an exception at its next suspension.
    if (error.code() != asio::error::operation_aborted) throw;
    result = fail(Errc::cancelled, "the fetch was given up");
  }
  state->count(result);
  co_return result;
}

void Fetcher::update(FetchSettings settings) {
  state_->policy = policy_of(std::move(settings));
  state_->turns->update(limits_of(state_->policy->settings));
}

void Fetcher::check(const FetchSettings& settings) { policy_of(settings); }

void Fetcher::forget_owner(const std::string& owner) { state_->turns->forget_owner(owner); }

void Fetcher::cancel_all() {
  state_->cancelled = true;
  state_->turns->cancel_all();
  state_->loop->abort_all();
}

FetchStats Fetcher::stats() const {
  FetchStats stats = state_->stats;
  stats.active = state_->turns->active();
  stats.waiting = state_->turns->waiting();
  return stats;
}

}  // namespace pw::fetch
