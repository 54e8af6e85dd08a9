#pragma once
/// Counts the subscriptions of LIVE clients. Pure.

#include <cstddef>
#include <map>
#include <set>
#include <string>

namespace pw::bus {

struct SubscriptionLimits {
  std::size_t prefix = 200;  ///< bytes; a longer one matches no topic
  std::size_t per_client = 1'000;
  std::size_t bytes_per_client = std::size_t{64} << 10U;
  std::size_t total = 10'000;
  std::size_t total_bytes = std::size_t{512} << 10U;
};

/// libzmq keeps every subscription, at some kilobytes each, while its client stays connected. So each client's
/// subscriptions are counted, and a client with too many is disconnected.
class SubscriptionLedger {
 public:
  /// The client to close and why (for the log); `descriptor` -1: none.
  struct Excess {
    int descriptor = -1;
    std::string why;
  };

  explicit SubscriptionLedger(SubscriptionLimits limits = {}) : limits_(limits) {}

  /// Call when a connection was made or has ended: resets its count.
  void forget(int descriptor);

  /// When the total limit is exceeded, returns the client with the most subscriptions. A client to be closed no longer
  /// counts.
  Excess subscribed(int descriptor, std::string prefix);
  void unsubscribed(int descriptor, const std::string& prefix);

  [[nodiscard]] std::size_t total() const { return total_; }

 private:
  struct Client {
    std::set<std::string> prefixes;
    std::size_t bytes = 0;
    bool leaves = false;
  };
  void drop(Client& client);

  SubscriptionLimits limits_;
  std::map<int, Client> clients_;
  std::size_t total_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace pw::bus
