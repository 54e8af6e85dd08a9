#pragma once
/// LOG requests waiting for alerts newer than their client has. Pure.

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

/// Owns the requests until there is news, they time out or their client disconnects.
class LongPolls {
 public:
  explicit LongPolls(LongPollLimits limits = {}) : limits_(limits) {}

  /// The request waits until `request.wait_until`. Returns false and leaves the request untouched when there is no
  /// room.
  [[nodiscard]] bool add(ClientRequest& request);

  /// Removes and returns the requests that timed out, in order of arrival.
  std::vector<ClientRequest> take_over(SteadyTime now);
  /// Removes and returns all requests, in order of arrival.
  std::vector<ClientRequest> take_all();
  void forget(const std::string& client);

  /// When the next request times out.
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
