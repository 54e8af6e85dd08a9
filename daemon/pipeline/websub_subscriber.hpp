#pragma once
/// Requests, verifies and renews WebSub subscriptions, and passes deliveries on.

#include "config/settings.hpp"
#include "core/time.hpp"
#include "fetch/http_client.hpp"
#include "store/storage.hpp"
#include "websub/callback_server.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace pw::pipeline {

/// The hub that a source names, and its topic.
struct Hub {
  std::string hub, topic;
};

/// Loop thread only. Owns the callback server. References must outlive it.
class WebSubSubscriber {
 public:
  struct Delivery {
    std::string source, content_type, body;
  };
  using OnDelivery = std::function<void(Delivery)>;
  using Instant = std::chrono::steady_clock::time_point;

  /// Throws std::runtime_error if the callback address cannot be bound or the subscriptions cannot be read.
  WebSubSubscriber(const boost::asio::any_io_executor& loop, const config::WebSubSettings& settings,
                   fetch::HttpClient& web, store::Storage& store, const Clock& clock, OnDelivery on_delivery);

  void start() { server_.start(); }
  void stop() { server_.stop(); }

  /// Called after a poll of the source. Requests a subscription from its hub, or renews the lease if due. `named` is
  /// nothing if this poll could not tell which hub the source names.
  boost::asio::awaitable<void> ensure_subscription(std::string source, std::optional<Hub> named);

  /// Until when the source's hub is trusted to deliver its news: it has confirmed the subscription and delivered at
  /// least once since the last distrust(). Ends early enough to renew the lease.
  [[nodiscard]] std::optional<Instant> trusted_until(const std::string& source) const;
  /// Drops the subscriptions of sources that are no longer configured. What their hubs still deliver is answered 410,
  /// which ends the subscription.
  void keep_only(const std::function<bool(const std::string& source)>& is_configured);
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  /// A poll found news that the hub had not delivered.
  void distrust(const std::string& source);

 private:
  struct Entry {
    store::Subscription subscription;
    Instant until{};   ///< end of the lease, as in `subscription`, by the steady clock
    Instant ask_at{};  ///< earliest time of the next request
    bool delivered = false;
  };

  websub::CallbackReply answer(const websub::CallbackRequest& request);
  websub::CallbackReply verify(Entry& entry, const std::string& query);
  websub::CallbackReply receive(Entry& entry, const websub::CallbackRequest& request);
  Entry* find(const std::string& path);
  void take_up(store::Subscription saved);
  void set_lease(Entry& entry, Milliseconds left);
  void save(const Entry& entry);

  std::string callback_;
  std::string path_;  ///< path of the callback URL
  fetch::HttpClient& web_;
  store::Storage& store_;
  const Clock& clock_;
  OnDelivery on_delivery_;
  std::map<std::string, Entry> entries_;  ///< by source
  websub::CallbackServer server_;
};

}  // namespace pw::pipeline
