#pragma once
/// What the clients of LIVE have subscribed to. Pure.

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

/// libzmq keeps every subscription, each in some kilobytes, for as long as its client stays connected. So those of each
/// client are counted, and a client that has too many must leave.
class SubscriptionLedger {
 public:
  /// Why a client is to be closed, for the log; `descriptor` -1: none is.
  struct Excess {
    int descriptor = -1;
    std::string why;
  };

  explicit SubscriptionLedger(SubscriptionLimits limits = {}) : limits_(limits) {}

  /// A connection was made, or has ended: nothing of it counts.
  void forget(int descriptor);

  /// Over the limit of all, it is the client with the most that must leave. What a client that must leave has counts no
  /// more.
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
