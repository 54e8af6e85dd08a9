#pragma once
/// A request on the LOG endpoint as it came in, before anybody has looked at what it asks for.

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace pw::bus {

using SteadyTime = std::chrono::steady_clock::time_point;

struct ClientRequest {
  std::string client;                      ///< the routing id that ROUTER gave its connection
  bool delimited = false;                  ///< with the empty frame that REQ adds, which the reply mirrors
  std::vector<std::string> frames;         ///< behind the delimiter
  int descriptor = -1;                     ///< of the connection it came by; -1: not known
  std::optional<SteadyTime> wait_until{};  ///< once it waits for news: when it is answered even without any

  [[nodiscard]] std::size_t bytes() const {
    std::size_t sum = client.size();
    for (const std::string& frame : frames) sum += frame.size();
    return sum;
  }
};

}  // namespace pw::bus
