#include "fetch/robots/robots_check.hpp"

#include "core/log.hpp"
#include "core/text.hpp"
#include "fetch/http/redirect.hpp"

#include <algorithm>
#include <utility>

namespace pw::fetch {

namespace asio = boost::asio;

namespace {

constexpr std::size_t kRobotsBytes = std::size_t{512} << 10U;  // RFC 9309, 2.5 requires at least 500 KiB
constexpr unsigned kRobotsRedirects = 5;                       // RFC 9309, 2.3.1.2
constexpr double kLongestCrawlDelay = 60;
constexpr std::size_t kFewRules = 500;  // matched within microseconds

Exchange exchange_for(const Target& target) {
  Exchange what;
  what.url = target.url;
  what.host = target.host;
  what.port = target.port;
  what.max_body = kRobotsBytes;
  what.keep_prefix = true;
  return what;
}

asio::awaitable<Result<FetchResponse>> fetch_robots(std::string origin, RobotsCheck::Ask ask) {
  Result<Target> next = parse_target(origin + "/robots.txt");
  for (unsigned hop = 0; next; ++hop) {
    auto response = co_await ask(exchange_for(*next));
    if (!response) co_return response;
    const std::string* location = response->header("location");
    if (!is_redirect(response->status) || location == nullptr) co_return response;
    if (hop == kRobotsRedirects) {
      response->status = 404;  // too many redirects may count as "unavailable" (same section)
      co_return response;
    }
    next = resolve_target(*next, *location);
  }
  co_return next.error();
}

}  // namespace

asio::awaitable<RobotsCheck::Verdict> RobotsCheck::check(Target target, std::string token, Ask ask) {
  const Result<Answer> answer = co_await answer_of(target, std::move(ask));
  if (!answer) {
    co_return Verdict{
        fail(answer.error().code, "robots.txt could not be read, so nothing was fetched: {}", answer.error().message),
        {}};
  }
  const RobotsCache::Answer& said = **answer;
  if (said.verdict == RobotsCache::Verdict::allow_all) co_return Verdict{};
  if (said.verdict == RobotsCache::Verdict::disallow_all) {
    co_return Verdict{fail(Errc::refused, "{}: robots.txt answers {}, so nothing may be fetched there for now",
                           printable(target.host), said.status),
                      {}};
  }
  Verdict verdict;
  if (const auto delay = said.rules->crawl_delay(token); delay && *delay > 0) {
    const double seconds = std::min(*delay, kLongestCrawlDelay);
    verdict.gap = Milliseconds{static_cast<std::int64_t>(seconds * 1'000)};
  }
  if (!co_await is_allowed(*answer, token, target.url)) {
    verdict.refusal = fail(Errc::refused, "{}: robots.txt forbids {} to {}; ask the publisher, or remove the source",
                           printable(target.host), printable(target.url), token);
  }
  co_return verdict;
}

asio::awaitable<Result<RobotsCheck::Answer>> RobotsCheck::answer_of(Target target, Ask ask) {
  if (Answer known = cache_.find(target.origin)) co_return known;
  Result<FetchResponse> response = co_await fetch_robots(target.origin, std::move(ask));
  if (!response) co_return response.error();
  const int status = response->status;
  std::optional<Robots> rules;
  if (RobotsCache::has_rules(status)) {
    if (!response->note.empty())
      log::say("robots-cut", {.url = target.origin}, "{}/robots.txt: {}", printable(target.origin), response->note);
    if (response->truncated) response->body.resize(whole_lines(response->body, response->body.size() - 1).size());
    rules = co_await parse(std::move(response->body));
  }
  co_return cache_.keep(target.origin, status, std::move(rules));
}

asio::awaitable<Robots> RobotsCheck::parse(std::string body) {
  if (pool_ == nullptr) co_return Robots::parse(body);
  auto work = [&body] { return Robots::parse(body); };
  co_return co_await pool_->run(std::move(work), body.size());
}

asio::awaitable<bool> RobotsCheck::is_allowed(Answer answer, std::string token, std::string url) {
  const Robots& rules = *answer->rules;
  if (pool_ == nullptr || rules.size() <= kFewRules) co_return rules.allowed(token, url);
  auto work = [&rules, &token, &url] { return rules.allowed(token, url); };
  co_return co_await pool_->run(std::move(work));
}

}  // namespace pw::fetch
