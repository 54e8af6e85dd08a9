#pragma once
/// Which client's LOG request is served next. Pure.

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
  std::size_t per_client = 16;                ///< requests that wait
  std::size_t bytes = std::size_t{8} << 20U;  ///< of all requests that wait
  Milliseconds first_pause{2};                ///< of a client that could not take its reply, then doubling
  Milliseconds last_pause{256};
};

/// Owns the requests that were read and not yet answered. Clients are served in turn, one request each, so a client
/// that asks a thousand times delays another by one request, not by a thousand.
class RequestQueue {
 public:
  enum class Offer { taken, client_full, full };
  enum class Served { done, later };  ///< later: the client cannot take a reply now

  explicit RequestQueue(RequestLimits limits = {}) : limits_(limits) {}

  /// Moves the request away only when it is taken.
  Offer offer(ClientRequest&& request);
  /// One that was taken before and waited for news: outside the limits.
  void offer_again(ClientRequest request);

  /// Calls `serve` for one request of the client whose turn it is. False when no request may be served now. What
  /// `serve` answers `later` comes again after a pause, before the client's other requests. An exception of `serve`
  /// costs the request and is passed on. `serve` may move the request away when it answers `done`.
  bool serve_one(SteadyTime now, const std::function<Served(ClientRequest&)>& serve);

  /// Drops the requests of a client that is gone.
  void forget(const std::string& client);

  /// When serve_one() can next do something; nothing while the queue is empty.
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
  Clients turns_;    ///< clients with requests, in the order in which they are served
  Clients resting_;  ///< those in a pause, by its end; clients move between the lists without an allocation
  std::unordered_map<std::string, Clients::iterator> clients_;
  std::size_t size_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace pw::bus
