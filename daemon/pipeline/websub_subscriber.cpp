#include "pipeline/websub_subscriber.hpp"

#include "core/id.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "text/url/url.hpp"
#include "websub/form.hpp"
#include "websub/signature.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <charconv>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kLease = 24h * 10;         // requested
constexpr Milliseconds kLongestLease = 24h * 60;  // accepted
constexpr Milliseconds kConfirmWithin = 1h;
constexpr Milliseconds kAfterRefusal = 24h;
constexpr std::size_t kMaxChallenge = 4096;

std::string without_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return url;
}

std::string path_of(const std::string& url) {
  const auto parsed = text::parse_url(url);
  return parsed ? without_slash(parsed->path()) : "";
}

}  // namespace

WebSubSubscriber::WebSubSubscriber(const boost::asio::any_io_executor& loop, const config::WebSubSettings& settings,
                                   fetch::HttpClient& web, store::Storage& store, const Clock& clock,
                                   OnDelivery on_delivery)
    : callback_(without_slash(settings.callback)),
      path_(path_of(settings.callback)),
      web_(web),
      store_(store),
      clock_(clock),
      on_delivery_(std::move(on_delivery)),
      server_(
          loop, settings.listen, [this](const websub::CallbackRequest& request) { return answer(request); },
          [this](const std::string& path) { return find(path) != nullptr; }) {
  auto saved = store::or_throw(store_.load_subscriptions());
  for (store::Subscription& one : saved) take_up(std::move(one));
}

/// A saved lease that seems longer than requested was probably saved while the clock was ahead: it is requested anew
/// after the next poll.
void WebSubSubscriber::take_up(store::Subscription saved) {
  Entry& entry = entries_[saved.source];
  const Milliseconds left = saved.until - clock_.now();
  entry.subscription = std::move(saved);
  if (left <= 0ms) return;
  const Time until = entry.subscription.until;
  set_lease(entry, std::min(left, kLongestLease));
  entry.subscription.until = until;
  if (left > kLease) entry.ask_at = {};
}

/// A lease is renewed a day before its end, or when a quarter of it is left.
void WebSubSubscriber::set_lease(Entry& entry, Milliseconds left) {
  entry.subscription.until = clock_.now() + left;
  entry.until = clock_.steady() + left;
  entry.ask_at = entry.until - std::min<Milliseconds>(24h, left / 4);
}

void WebSubSubscriber::save(const Entry& entry) {
  store::Batch batch;
  batch.subscription = entry.subscription;
  store_.submit(std::move(batch), [source = entry.subscription.source](const Result<store::Committed>& committed) {
    if (!committed)
      log::say("websub-not-saved", {.source = source}, "{}: its subscription is not saved: {}", source,
               committed.error().message);
  });
}

boost::asio::awaitable<void> WebSubSubscriber::ensure_subscription(std::string source, std::optional<Hub> named) {
  const auto known = entries_.find(source);
  if (named && named->hub.empty()) co_return;
  if (!named && known == entries_.end()) co_return;
  Entry& entry = entries_[source];
  store::Subscription& mine = entry.subscription;
  const bool other = named && (mine.hub != named->hub || mine.topic != named->topic);
  if (other) {
    mine = {source, named->topic, named->hub, to_hex(random_id()), to_hex(random_id()), {}};
    entry.until = {};
    entry.ask_at = {};
    entry.delivered = false;
  }
  if (clock_.steady() < entry.ask_at) co_return;
  entry.ask_at = clock_.steady() + kConfirmWithin;
  save(entry);
  fetch::FetchRequest request;
  request.url = mine.hub;
  request.method = "POST";
  request.robots = false;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = websub::to_form({{"hub.mode", "subscribe"},
                                  {"hub.topic", mine.topic},
                                  {"hub.callback", callback_ + '/' + mine.token},
                                  {"hub.secret", mine.secret},
                                  {"hub.lease_seconds", std::to_string(kLease / 1s)}});
  const std::string hub = mine.hub;
  const auto answered = co_await web_.fetch(std::move(request));
  if (!answered) {
    log::say("websub-hub-failed", {.source = source}, "{}: its hub cannot be asked: {}", source,
             printable(answered.error().message));
  } else if (answered->status / 100 != 2) {
    // The source may have been removed meanwhile.
    if (const auto mine_now = entries_.find(source); mine_now != entries_.end()) {
      mine_now->second.ask_at = clock_.steady() + kAfterRefusal;
    }
    log::say("websub-hub-failed", {.source = source, .url = hub}, "{}: its hub {} answered {} to a subscription",
             source, printable(hub), answered->status);
  }
}

std::optional<WebSubSubscriber::Instant> WebSubSubscriber::trusted_until(const std::string& source) const {
  const auto found = entries_.find(source);
  if (found == entries_.end()) return std::nullopt;
  const Entry& entry = found->second;
  if (!entry.delivered || entry.until <= clock_.steady()) return std::nullopt;
  return entry.ask_at;
}

void WebSubSubscriber::keep_only(const std::function<bool(const std::string& source)>& is_configured) {
  std::erase_if(entries_, [&](const auto& entry) { return !is_configured(entry.first); });
}

void WebSubSubscriber::distrust(const std::string& source) {
  const auto found = entries_.find(source);
  if (found != entries_.end()) found->second.delivered = false;
}

WebSubSubscriber::Entry* WebSubSubscriber::find(const std::string& path) {
  if (!path.starts_with(path_ + '/')) return nullptr;
  const std::string_view token = std::string_view(path).substr(path_.size() + 1);
  const auto found = std::ranges::find_if(
      entries_, [&](const auto& one) { return !token.empty() && one.second.subscription.token == token; });
  return found == entries_.end() ? nullptr : &found->second;
}

websub::CallbackReply WebSubSubscriber::answer(const websub::CallbackRequest& request) {
  Entry* entry = find(request.path);
  if (entry == nullptr) return {request.post ? 410U : 404U, ""};
  return request.post ? receive(*entry, request) : verify(*entry, request.query);
}

/// WebSub, section 5.3. A subscription that was not requested here is refused.
websub::CallbackReply WebSubSubscriber::verify(Entry& entry, const std::string& query) {
  store::Subscription& mine = entry.subscription;
  const std::string mode = websub::form_field(query, "hub.mode");
  if (websub::form_field(query, "hub.topic") != mine.topic) return {404, ""};
  if (mode == "denied") {
    mine.until = {};
    entry.until = {};
    entry.ask_at = clock_.steady() + kAfterRefusal;
    save(entry);
    log::say("websub-denied", {.source = mine.source}, "{}: its hub denies the subscription: {}", mine.source,
             printable(websub::form_field(query, "hub.reason")));
    return {200, ""};
  }
  const std::string challenge = websub::form_field(query, "hub.challenge");
  if (mode != "subscribe" || challenge.empty() || challenge.size() > kMaxChallenge) return {404, ""};
  const std::string lease = websub::form_field(query, "hub.lease_seconds");
  std::int64_t seconds = 0;
  std::from_chars(lease.data(), lease.data() + lease.size(), seconds);
  const std::int64_t most = kLongestLease / 1s;
  set_lease(entry, std::chrono::seconds(seconds > 0 ? std::min(seconds, most) : kLease / 1s));
  save(entry);
  log::say("websub-subscribed", {.source = mine.source}, "{}: its hub delivers until {}", mine.source,
           to_iso8601(mine.until));
  return {200, challenge};
}

/// Section 7: a delivery with a bad signature is acknowledged and discarded.
websub::CallbackReply WebSubSubscriber::receive(Entry& entry, const websub::CallbackRequest& request) {
  const store::Subscription& mine = entry.subscription;
  if (!websub::is_signed(request.signature, mine.secret, request.body)) {
    log::say("websub-bad-signature", {.source = mine.source}, "{}: a delivery without the right signature is ignored",
             mine.source);
    return {202, ""};
  }
  entry.delivered = true;
  on_delivery_({mine.source, request.content_type, request.body});
  return {202, ""};
}

}  // namespace pw::pipeline
