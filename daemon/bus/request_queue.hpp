#pragma once
/// Chooses which client's LOG request is served next. Pure.

#include "bus/client_request.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <unordered_map>

namespace pw::bus {

struct RequestLimits {
  std::size_t per_client = 16;                ///< queued requests
  std::size_t bytes = std::size_t{8} << 20U;  ///< of all queued requests
  Milliseconds first_pause{2};                ///< before a client that could not take its reply is retried; doubles
  Milliseconds last_pause{256};
};

/// Owns the requests that were read and not yet answered. Clients are served round-robin, one request each, so a client
/// that sends a thousand requests delays another by one request, not by a thousand.
class RequestQueue {
 public:
  enum class Offer { taken, client_full, full };
  enum class Served { done, later };  ///< later: the client cannot take a reply now

  explicit RequestQueue(RequestLimits limits = {}) : limits_(limits) {}

  /// Moves the request only when it accepts it.
  Offer offer(ClientRequest&& request);
  /// Queues a long poll again, regardless of the limits.
  void offer_again(ClientRequest request);

  /// Calls `serve` for one request of the next client. False when no request may be served now. When `serve` returns
  /// `later`, the request is retried after a pause, before the client's other requests. When `serve` throws, the
  /// request is dropped and the exception passed on. `serve` may move from the request if it returns `done`.
  bool serve_one(SteadyTime now, const std::function<Served(ClientRequest&)>& serve);

  /// Drops the requests of a disconnected client.
  void forget(const std::string& client);

  /// When serve_one() can next make progress; nullopt while the queue is empty.
  [[nodiscard]] std::optional<SteadyTime> ready_at() const;
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  struct Client {
    std::string name;
    std::deque<ClientRequest> requests{};
    Milliseconds pause{0};
    SteadyTime rests_until{};
    bool resting = false;
  };
  using Clients = std::list<Client>;

  void wake(SteadyTime now);
  void rest(Clients::iterator client, SteadyTime now);
  void finish(Clients::iterator client, std::size_t bytes);

  RequestLimits limits_;
  Clients turns_;    ///< clients with requests, in the order they are served
  Clients resting_;  ///< pausing clients, by the end of their pause; moving between the lists does not allocate
  std::unordered_map<std::string, Clients::iterator> clients_;
  std::size_t size_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace pw::bus
