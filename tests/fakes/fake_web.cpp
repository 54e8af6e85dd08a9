#include "fakes/fake_web.hpp"

#include <boost/asio/cancellation_type.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <optional>

namespace pw::test {

namespace asio = boost::asio;
using fetch::FetchRequest;
using fetch::FetchResponse;

namespace {

constexpr int kMostRedirects = 5;

std::string_view weak(std::string_view etag) { return etag.starts_with("W/") ? etag.substr(2) : etag; }

bool is_known(const FetchRequest& request, const FetchResponse& response) {
  if (!request.validators_of.empty() && request.validators_of != response.final_url) return false;
  if (!request.etag.empty()) return weak(request.etag) == weak(response.etag);
  return !request.last_modified.empty() && request.last_modified == response.last_modified;
}

/// Limits a body as the fetcher does.
std::optional<Error> limit_body(const FetchRequest& request, FetchResponse& response) {
  if (request.max_body == 0 || response.body.size() <= request.max_body) return std::nullopt;
  if (!request.keep_prefix) return fail(Errc::too_large, "{}: larger than {} bytes", request.url, request.max_body);
  response.body.resize(request.max_body);
  response.truncated = true;
  response.note = fmt::format("the body is cut at {} bytes", request.max_body);
  return std::nullopt;
}

}  // namespace

FetchResponse web_answer(int status, std::string body, fetch::Headers headers) {
  FetchResponse response;
  response.status = status;
  response.body = std::move(body);
  response.headers = std::move(headers);
  response.not_modified = status == 304;
  const auto copy = [&response](std::string_view name, std::string& to) {
    if (const std::string* value = response.header(name)) to = *value;
  };
  copy("etag", response.etag);
  copy("last-modified", response.last_modified);
  copy("content-type", response.content_type);
  return response;
}

FakeWeb::FakeWeb(asio::any_io_executor executor, const Clock& clock)
    : executor_(std::move(executor)), clock_(clock), otherwise_([](const FetchRequest&) { return web_answer(404); }) {}

void FakeWeb::on(const std::string& url, FetchResponse response) {
  on(url, [response = std::move(response)](const FetchRequest&) { return response; });
}

void FakeWeb::on(const std::string& url, Error error) {
  on(url, [error = std::move(error)](const FetchRequest&) { return error; });
}

void FakeWeb::on(const std::string& url, Answer answer) {
  redirects_.erase(url);
  answers_.insert_or_assign(url, std::move(answer));
}

void FakeWeb::redirect(const std::string& url, std::string target, int status) {
  redirects_.insert_or_assign(url, Redirect{std::move(target), status == 301 || status == 308});
}

void FakeWeb::otherwise(Answer answer) { otherwise_ = std::move(answer); }

void FakeWeb::close(const std::string& url) { closed_.insert(url); }

void FakeWeb::open(const std::string& url) {
  if (closed_.erase(url) == 0) return;
  for (const auto& [waited, timer] : waiting_) {
    if (waited == url) timer->cancel();
  }
}

void FakeWeb::delay(const std::string& url, Milliseconds time) { delays_.insert_or_assign(url, time); }

asio::awaitable<Result<FetchResponse>> FakeWeb::fetch(FetchRequest request) {
  requests_.push_back(request);
  most_active_ = std::max(most_active_, ++active_);
  struct Active {
    std::size_t& count;
    ~Active() { --count; }
  } const active{active_};
  const bool may = co_await wait(request.url);
  if (!may) co_return fail(Errc::cancelled, "{}: the fetch was given up", request.url);
  co_return answer(request);
}

/// False if the request was cancelled while it waited.
asio::awaitable<bool> FakeWeb::wait(std::string url) {
  asio::steady_timer timer(executor_);
  const auto entry = waiting_.emplace(url, &timer).first;
  struct Waiting {
    decltype(waiting_)& all;
    decltype(waiting_)::iterator entry;
    ~Waiting() { all.erase(entry); }
  } const waiting{waiting_, entry};
  const auto given_up = [this, state = co_await asio::this_coro::cancellation_state] {
    return cancelled_ || state.cancelled() != asio::cancellation_type::none;
  };
  boost::system::error_code ignored;
  const auto delay = delays_.find(url);
  timer.expires_after(delay == delays_.end() ? Milliseconds{0} : delay->second);
  if (!given_up()) co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  while (!given_up() && closed_.contains(url)) {
    timer.expires_at(asio::steady_timer::time_point::max());
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  co_return !given_up();
}

Result<FetchResponse> FakeWeb::answer(const FetchRequest& request) {
  FetchRequest hop = request;
  bool permanent = true;
  int hops = 0;
  for (auto to = redirects_.find(hop.url); to != redirects_.end(); to = redirects_.find(hop.url)) {
    if (++hops > kMostRedirects) return fail(Errc::http, "{}: redirected too often", request.url);
    permanent = permanent && to->second.permanent;
    hop.url = to->second.target;
  }
  const auto known = answers_.find(hop.url);
  Result<FetchResponse> answered = known != answers_.end() ? known->second(hop) : otherwise_(hop);
  if (!answered) return answered;
  FetchResponse response = *std::move(answered);
  response.fetched = clock_.now();
  if (response.final_url.empty()) response.final_url = hop.url;
  if (hops > 0 && permanent) response.permanent_url = hop.url;
  if (response.status == 200 && is_known(request, response)) {
    response.status = 304;
    response.not_modified = true;
    response.body.clear();
  }
  if (auto error = limit_body(request, response)) return std::move(*error);
  return response;
}

void FakeWeb::forget_owner(const std::string& owner) { forgotten_.push_back(owner); }

void FakeWeb::cancel_all() {
  cancelled_ = true;
  for (const auto& [url, timer] : waiting_) timer->cancel();
}

std::size_t FakeWeb::count(std::string_view url) const {
  return static_cast<std::size_t>(std::ranges::count(requests_, url, &FetchRequest::url));
}

}  // namespace pw::test
