#pragma once
/// The LOG requests that wait for something newer than their client has. Pure.

#include "bus/client_request.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace pw::bus {

struct LongPollLimits {
  std::size_t per_client = 16;
  std::size_t total = 1024;
};

/// Owns them until news come, their time is over or their client is gone.
class LongPolls {
 public:
  explicit LongPolls(LongPollLimits limits = {}) : limits_(limits) {}

  /// `request.wait_until` says how long. False, and the request is left alone, when there is no room for it.
  [[nodiscard]] bool add(ClientRequest& request);

  /// Those whose time is over, in the order in which they came.
  std::vector<ClientRequest> take_over(SteadyTime now);
  /// All of them, in the order in which they came.
  std::vector<ClientRequest> take_all();
  void forget(const std::string& client);

  /// When the next one's time is over.
  [[nodiscard]] std::optional<SteadyTime> next() const;
  [[nodiscard]] std::size_t size() const { return waiting_.size(); }

 private:
  template <class Which>
  std::vector<ClientRequest> take(const Which& which);

  LongPollLimits limits_;
  std::vector<ClientRequest> waiting_;
  std::unordered_map<std::string, std::size_t> per_client_;
};

}  // namespace pw::bus
