#include "fetch/fetcher.hpp"

#include "core/text.hpp"
#include "fetch/http/curl_loop.hpp"
#include "fetch/http/exchange.hpp"
#include "fetch/http/request_headers.hpp"
#include "fetch/http/target.hpp"
#include "fetch/robots/robots_cache.hpp"
#include "fetch/throttle/host_throttle.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace pw::fetch {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kRobotsBytes = std::size_t{512} << 10U;  // RFC 9309, 2.5 asks for 500 KiB
constexpr unsigned kRobotsRedirects = 5;                       // RFC 9309, 2.3.1.2
constexpr double kLongestCrawlDelay = 60;

std::shared_ptr<const Policy> policy_of(FetchSettings settings) {
  auto guard = AddressGuard::parse(settings.allow_addresses);
  if (!guard) throw std::invalid_argument(guard.error().message);
  return std::make_shared<const Policy>(Policy{std::move(settings), std::move(*guard)});
}

HostThrottle::Limits limits_of(const FetchSettings& settings) {
  return {settings.max_per_host, settings.max_total, settings.min_gap};
}

bool is_redirect(int status) noexcept {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
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

Exchange exchange_for(const Target& target, const FetchRequest& request, std::size_t max_body) {
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
  out.max_body = max_body;
  return out;
}

/// What a browser sends to the next hop (RFC 9110, 15.4): POST becomes GET unless 307 or 308 forbid it, credentials
/// stay with their origin.
void adapt_to_redirect(FetchRequest& request, int status, bool same_origin) {
  if (request.method == "POST" && status != 307 && status != 308) {
    request.method = "GET";
    request.body.clear();
  }
  if (!same_origin) {
    std::erase_if(request.headers, [](const auto& header) { return is_credential_header(header.first); });
  }
}

}  // namespace

struct Fetcher::State : std::enable_shared_from_this<State> {
  State(const asio::any_io_executor& executor, FetchSettings settings, const Clock& c)
      : clock(c),
        policy(policy_of(std::move(settings))),
        loop(CurlLoop::make(executor)),
        turns(std::make_shared<HostThrottle>(executor, limits_of(policy->settings), c)),
        robots(c) {}

  asio::awaitable<Result<FetchResponse>> follow(FetchRequest request);
  asio::awaitable<std::optional<Error>> check_robots(const Target& target, HostThrottle::Slot& turn,
                                                     std::shared_ptr<const Policy> rules);
  asio::awaitable<Result<FetchResponse>> fetch_robots(Target target, HostThrottle::Slot& turn,
                                                      std::shared_ptr<const Policy> rules);
  void note_answer(const std::string& host, const Result<FetchResponse>& response);
  void count(const Result<FetchResponse>& result);

  const Clock& clock;
  std::shared_ptr<const Policy> policy;
  std::shared_ptr<CurlLoop> loop;
  std::shared_ptr<HostThrottle> turns;
  RobotsCache robots;
  FetchStats stats;
  bool cancelled = false;
};

asio::awaitable<Result<FetchResponse>> Fetcher::State::follow(FetchRequest request) {
  const std::shared_ptr<const Policy> rules = policy;
  if (auto error = check_request(request)) co_return std::move(*error);
  Result<Target> target = parse_target(request.url);
  if (!target) co_return target.error();
  if (request.consecutive_timeouts) turns->recall(target->visit, *request.consecutive_timeouts);
  HostThrottle::Slot turn;
  std::string permanent;
  bool all_permanent = true;
  for (unsigned hop = 0;; ++hop) {
    if (turn.host() != target->visit) {
      turn.end();
      auto taken = co_await turns->take(target->visit, request.urgent);
      if (!taken) co_return taken.error();
      turn = std::move(*taken);
    }
    if (cancelled) co_return fail(Errc::cancelled, "{}: the fetch was given up", printable(target->host));
    if (rules->settings.robots && request.robots) {
      if (auto refusal = co_await check_robots(*target, turn, rules)) co_return std::move(*refusal);
    }
    ++stats.exchanges;
    Exchange what = exchange_for(*target, request, rules->settings.max_body);
    what.give_up = &turn.asks();
    auto response = co_await exchange(loop, rules, std::move(what), clock);
    note_answer(turn.host(), response);
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

asio::awaitable<std::optional<Error>> Fetcher::State::check_robots(const Target& target, HostThrottle::Slot& turn,
                                                                   std::shared_ptr<const Policy> rules) {
  auto answer = robots.find(target.origin);
  if (!answer) {
    const Result<FetchResponse> response = co_await fetch_robots(target, turn, rules);
    note_answer(turn.host(), response);
    if (!response) {
      co_return fail(response.error().code, "robots.txt could not be read, so nothing was fetched: {}",
                     response.error().message);
    }
    answer = robots.keep(target.origin, *response);
  }
  if (answer->verdict == RobotsCache::Verdict::allow_all) co_return std::nullopt;
  if (answer->verdict == RobotsCache::Verdict::disallow_all) {
    co_return fail(Errc::refused, "{}: robots.txt answers {}, so nothing may be fetched there for now",
                   printable(target.host), answer->status);
  }
  const std::string& token = rules->settings.robots_token;
  if (const auto delay = answer->rules->crawl_delay(token); delay && *delay > 0) {
    const double seconds = std::min(*delay, kLongestCrawlDelay);
    turns->set_gap(turn.host(), Milliseconds{static_cast<std::int64_t>(seconds * 1'000)});
  }
  if (answer->rules->allowed(token, target.url)) co_return std::nullopt;
  co_return fail(Errc::refused, "{}: robots.txt forbids {} to {}; ask the publisher, or remove the source",
                 printable(target.host), printable(target.url), token);
}

asio::awaitable<Result<FetchResponse>> Fetcher::State::fetch_robots(Target target, HostThrottle::Slot& turn,
                                                                    std::shared_ptr<const Policy> rules) {
  FetchRequest request;
  request.url = target.origin + "/robots.txt";
  Result<Target> next = parse_target(request.url);
  for (unsigned hop = 0; next; ++hop) {
    Exchange what = exchange_for(*next, request, kRobotsBytes);
    what.keep_prefix = true;
    what.give_up = &turn.asks();
    ++stats.exchanges;
    auto response = co_await exchange(loop, rules, std::move(what), clock);
    if (!response) co_return response;
    const std::string* location = response->header("location");
    if (!is_redirect(response->status) || location == nullptr) co_return response;
    if (hop >= kRobotsRedirects) {
      response->status = 404;  // more hops may be taken for "unavailable" by the same section
      co_return response;
    }
    next = resolve_target(*next, *location);
  }
  co_return next.error();
}

/// A pause that it asks for holds the host; a refused address says nothing of it.
void Fetcher::State::note_answer(const std::string& host, const Result<FetchResponse>& response) {
  if (response) {
    turns->note_answer(host, true);
    const bool pause = response->status == 429 || response->status == 503;
    if (pause && response->retry_after) turns->hold(host, *response->retry_after);
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

Fetcher::Fetcher(const asio::any_io_executor& executor, FetchSettings settings, const Clock& clock)
    : state_(std::make_shared<State>(executor, std::move(settings), clock)) {}

Fetcher::~Fetcher() = default;

asio::awaitable<Result<FetchResponse>> Fetcher::fetch(FetchRequest request) {
  const std::shared_ptr<State> state = state_;
  ++state->stats.requests;
  Result<FetchResponse> result = co_await state->follow(std::move(request));
  state->count(result);
  co_return result;
}

void Fetcher::update(FetchSettings settings) {
  state_->policy = policy_of(std::move(settings));
  state_->turns->update(limits_of(state_->policy->settings));
}

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
