#pragma once
/// WebSub subscriptions: asked for, confirmed, renewed; deliveries are handed on.

#include "config/settings.hpp"
#include "core/time.hpp"
#include "fetch/http_client.hpp"
#include "store/storage.hpp"
#include "websub/callback_server.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <functional>
#include <map>
#include <optional>
#include <string>

namespace pw::pipeline {

/// What a source names as its hub.
struct Hub {
  std::string hub, topic;
};

/// Loop thread only. What it works with outlives it.
class WebSubSubscriber {
 public:
  struct Delivery {
    std::string source, content_type, body;
  };
  using OnDelivery = std::function<void(Delivery)>;
  using Instant = std::chrono::steady_clock::time_point;

  /// Throws std::runtime_error when the callbacks' address cannot be bound, or the subscriptions not be read.
  WebSubSubscriber(const boost::asio::any_io_executor& loop, const config::WebSubSettings& settings,
                   fetch::HttpClient& web, store::Storage& store, const Clock& clock, OnDelivery on_delivery);

  void start() { server_.start(); }
  void stop() { server_.stop(); }

  /// After a turn of the source: asks its hub for a subscription, or for a longer lease where that is due. Nothing:
  /// what the source names as its hub was not to be seen this time.
  boost::asio::awaitable<void> ensure_subscription(std::string source, std::optional<Hub> named);

  /// Until when the source's hub may be trusted to bring its news: it has confirmed the subscription and delivered at
  /// least once since the last doubt. Before the lease ends there is time to renew it.
  [[nodiscard]] std::optional<Instant> trusted_until(const std::string& source) const;
  /// A poll found news that the hub had not brought.
  void distrust(const std::string& source);

 private:
  struct Entry {
    store::Subscription subscription;
    Instant until{};   ///< the lease's end, as in `subscription`, whatever becomes of the wall clock
    Instant ask_at{};  ///< not before
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
  std::string path_;  ///< of the callback URL
  fetch::HttpClient& web_;
  store::Storage& store_;
  const Clock& clock_;
  OnDelivery on_delivery_;
  std::map<std::string, Entry> entries_;  ///< by source
  websub::CallbackServer server_;
};

}  // namespace pw::pipeline
